/** What the label `vitals.slo` of a service says. */
export type SloLabel = { kind: 'target'; percent: number } | { kind: 'unreadable' };

const SLO_LABEL = 'vitals.slo';
/** Less would be no promise; at 100 there is nothing to spend. */
const MIN_SLO = 50;

const TARGET = /^\d{2}(?:\.\d{1,5})?$/;

/**
 * The share of time, in percent, in which a service is to be up: `99.9`. What is written in any other way is not guessed.
 *
 * @returns `null`: it has no such label
 */
export function toSloLabel(labels: Readonly<Record<string, string>>): SloLabel | null {
  const text = Object.hasOwn(labels, SLO_LABEL) ? labels[SLO_LABEL] : undefined;
  if (text === undefined) return null;
  const percent = TARGET.test(text) ? Number(text) : 0;
  return percent >= MIN_SLO ? { kind: 'target', percent } : { kind: 'unreadable' };
}
