const UNITS: readonly [ms: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A duration in words for sentences, its two largest units: `3 s`, `1 min 30 s`, `2 h 5 min`, `250 ms`. */
export function describeDuration(durationMs: number): string {
  const ms = Math.max(0, durationMs);
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  const first = UNITS.findIndex(([size]) => ms >= size);
  const [size, name] = UNITS[first] as [number, string];
  const smaller = UNITS[first + 1];
  if (smaller === undefined) return `${Math.floor(ms / 100) / 10} ${name}`;
  const rest = Math.floor((ms % size) / smaller[0]);
  return `${Math.floor(ms / size)} ${name}${rest > 0 ? ` ${rest} ${smaller[1]}` : ''}`;
}
