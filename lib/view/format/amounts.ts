const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Three digits at most: `497 MiB`, `1.5 GiB`, `16 B`. `like`: in the unit that this many bytes have. */
export function formatBytes(bytes: number, like = bytes): string {
  const unit = findUnit(like);
  return `${formatIn(bytes, unit)} ${UNITS[unit]}`;
}

/** `497 of 512 MiB`, in the unit of the second. */
export function formatBytesOf(bytes: number, maxBytes: number): [used: string, max: string] {
  const unit = findUnit(maxBytes);
  return [formatIn(bytes, unit), `${formatIn(maxBytes, unit)} ${UNITS[unit]}`];
}

function findUnit(bytes: number): number {
  return Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
}

function formatIn(bytes: number, unit: number): string {
  const size = bytes / 1024 ** unit;
  // 512 is said as it is, and 0.5 of a larger unit not as 1.
  return size >= 100 || Number.isInteger(size)
    ? String(Math.round(size))
    : size.toFixed(size < 10 ? 2 : 1).replace(/\.?0+$/, '');
}

/** `0.98`, `1.5`, `12`: cores in use, or that may be used. */
export function formatCores(cores: number): string {
  return cores >= 10 ? String(Math.round(cores)) : cores.toFixed(2).replace(/\.?0+$/, '');
}

/** A share as whole percent; below 1 % and above 0 it is `<1`. */
export function formatPercent(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 1 ? '<1' : String(Math.round(percent));
}
