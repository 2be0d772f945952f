/** A sample in one line: how many, median, 95th percentile, largest. */
export function formatSample(values: readonly number[], unit: string): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const round = (value: number | undefined) => (value === undefined ? '–' : String(Math.round(value)));
  return `median ${round(at(0.5))} ${unit}, p95 ${round(at(0.95))} ${unit}, max ${round(sorted.at(-1))} ${unit} (n = ${sorted.length})`;
}
