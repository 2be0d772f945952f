const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** How long ago, in its largest unit alone, for tables: `12 s ago`, `3 h ago`, `6 d ago`. */
export function formatAgeShort(ageMs: number): string {
  for (const [unitMs, unit] of UNITS) {
    if (ageMs >= unitMs) return `${Math.floor(ageMs / unitMs)} ${unit} ago`;
  }
  return 'now';
}
