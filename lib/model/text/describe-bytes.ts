const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size as Docker's flags mean it, powers of 1,024: `512 MiB`, `1.5 GiB`, `500 GiB`. */
export function describeBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit++;
  }
  const rounded = size < 10 ? Math.round(size * 10) / 10 : Math.round(size);
  return `${rounded} ${UNITS[unit]}`;
}
