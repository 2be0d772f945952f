const UNITS = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `3 h`, `90 s`, `10 min`, `2 d` as milliseconds. */
export function toMs(text: string): number {
  const [, number, unit] = /^([\d.]+) (s|min|h|d)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined)
    throw new Error(`"${text}" is no time: 3 h, 90 s, 10 min, 2 d.`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

/** So long ago, as Docker writes it. */
export function ago(text: string): string {
  return new Date(Date.now() - toMs(text)).toISOString();
}

/** In so long, as an engine writes it whose clock is ahead. */
export function later(text: string): string {
  return new Date(Date.now() + toMs(text)).toISOString();
}

/** A duration as Docker's specs have it. */
export function nanos(text: string): number {
  return toMs(text) * 1e6;
}

/** One entry of a container's probe log: it ended so long ago, after 40 ms. */
export function probe(ended: string, exitCode = 0, output = exitCode === 0 ? 'ok\n' : 'no\n'): object {
  const endMs = Date.now() - toMs(ended);
  return {
    Start: new Date(endMs - 40).toISOString(),
    End: new Date(endMs).toISOString(),
    ExitCode: exitCode,
    Output: output,
  };
}
