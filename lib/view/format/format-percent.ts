/** A share as `99.98 %`; never rounded up, so that 100 % means all of it and 0 % nothing. `percent` is 0 to 100. */
export function formatPercent(percent: number): string {
  if (percent >= 100) return '100 %';
  if (percent > 0 && percent < 0.01) return 'under 0.01 %';
  const digits = percent >= 99 || percent < 1 ? 2 : 1;
  const scale = 10 ** digits;
  return `${Math.floor(Math.max(0, percent) * scale + 1e-9) / scale} %`;
}
