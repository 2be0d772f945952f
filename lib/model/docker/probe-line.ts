/** From where failing probes are a problem; before it they are watched. */
export interface ProbeLine {
  /** So many in a row; never later than the last that is allowed. */
  inRow: number;
  /** So many of the last 60, in a row or not; `null`: never for that alone. */
  flapping: number | null;
}

/** How many of a replica's probes its rate is taken from. */
export const PROBE_WINDOW = 60;
export const MAX_IN_ROW = 10;
/** One of 60 is a single failure, which is no rate. */
export const MIN_FLAPPING = 2;

export const DEFAULT_PROBE_LINE: ProbeLine = { inRow: 2, flapping: 6 };

/** What the labels `vitals.failing` and `vitals.flapping` of a service say; what they do not, or not rightly, is left out. */
export function toProbeLineLabels(labels: Readonly<Record<string, string>>): Partial<ProbeLine> {
  const inRow = parseCount(labels['vitals.failing'], 1, MAX_IN_ROW);
  const isOff = labels['vitals.flapping']?.trim() === 'off';
  const flapping = isOff ? null : parseCount(labels['vitals.flapping'], MIN_FLAPPING, PROBE_WINDOW);
  return { ...(inRow !== undefined && { inRow }), ...(flapping !== undefined && { flapping }) };
}

function parseCount(text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined || !/^\d{1,3}$/.test(text.trim())) return undefined;
  const count = Number(text);
  return count >= min && count <= max ? count : undefined;
}
