import { english } from '#lib/words/english.ts';

/**
 * What is kept of a field that holds what containers, probes, engines or commands say, by its name, wherever it is. Of a
 * text of ours the quotes are taken out.
 */
const HIDDEN: Readonly<Record<string, (value: unknown) => unknown>> = {
  evidence: () => null,
  hint: () => null,
  error: () => null,
  plainError: () => null,
  // In the history's marks it is a number, which leads to one of `outputs`.
  output: (value) => (typeof value === 'string' ? hideOutput(value) : value),
  outputs: (value) => (Array.isArray(value) ? value.map(hideOutput) : value),
  test: (value) => (Array.isArray(value) && value.length > 1 ? [value[0], english.notShown] : value),
  message: (value) => (typeof value === 'string' ? '' : value),
  statusMessage: () => null,
  hasLastLines: () => false,
};

/** Docker's own words for a probe that had no end say how it ended: beyond its exit code they are all that does. */
const TIMEOUT = /^Health check exceeded timeout(?: \([\d.hmsµun]{1,30}\))?/;

function hideOutput(output: unknown): string {
  return TIMEOUT.exec(String(output))?.[0] ?? english.notShown;
}

const done = new WeakMap<object, unknown>();

/**
 * An answer as a viewer may see it: no outputs, no logs, no commands, no words of Docker's; that something fails, how it
 * ended, when, and our sentences without quotes stay. What is handed out is never changed, so what is shared is done once.
 */
export function withoutOutputs<T>(answer: T): T {
  return strip(answer) as T;
}

function strip(value: unknown): unknown {
  if (typeof value === 'string') return english.withoutQuotes(value);
  if (typeof value !== 'object' || value === null) return value;
  const known = done.get(value);
  if (known !== undefined) return known;
  const stripped = Array.isArray(value) ? value.map(strip) : stripFields(value);
  done.set(value, stripped);
  return stripped;
}

function stripFields(value: object): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      Object.hasOwn(HIDDEN, name) ? HIDDEN[name]?.(field) : strip(field),
    ]),
  );
}
