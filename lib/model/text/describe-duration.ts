const UNITS: readonly [ms: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A duration in words for sentences, its two largest units: `1.5 s`, `12 s`, `1 min 30 s`, `2 h 5 min`, `250 ms`. */
export function describeDuration(durationMs: number): string {
  const ms = Math.max(0, Math.floor(durationMs));
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 10_000) return `${Math.floor(ms / 100) / 10} s`;
  const first = UNITS.findIndex(([size]) => ms >= size);
  const [size, name] = UNITS[first] as [number, string];
  const whole = `${Math.floor(ms / size)} ${name}`;
  const smaller = UNITS[first + 1];
  const rest = smaller === undefined ? 0 : Math.floor((ms % size) / smaller[0]);
  return rest > 0 ? `${whole} ${rest} ${smaller?.[1]}` : whole;
}
