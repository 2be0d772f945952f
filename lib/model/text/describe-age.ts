const UNITS: readonly [ms: number, name: string][] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** How old something is, in its largest unit alone, so that a sentence with it seldom changes: `2 d`, `39 min`. */
export function describeAge(ageMs: number): string {
  const [size, name] = UNITS.find(([unit]) => ageMs >= unit) ?? [1_000, 's'];
  return `${Math.max(1, Math.floor(ageMs / size))} ${name}`;
}

/** The age as {@link describeAge} tells it: facts with it change when the words do. */
export function toCoarseAge(ageMs: number): number {
  const size = UNITS.find(([unit]) => ageMs >= unit)?.[0] ?? 1_000;
  // Seconds are not counted one by one.
  return size === 1_000 ? Math.floor(ageMs / 10_000) * 10_000 : Math.floor(ageMs / size) * size;
}

/** When {@link describeAge} of what began then says something else. Our clock, epoch ms. */
export function findNextAge(sinceMs: number, nowMs: number): number {
  const ageMs = Math.max(0, nowMs - sinceMs);
  // Seconds are not counted one by one.
  const [size] = UNITS.find(([unit]) => unit > 1_000 && ageMs >= unit) ?? [60_000];
  return sinceMs + (Math.floor(ageMs / size) + 1) * size;
}
