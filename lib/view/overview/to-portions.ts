/** Cuts a list into portions of at most `most`, in order. */
export function toPortions<T>(items: readonly T[], most: number): T[][] {
  const portions: T[][] = [];
  for (let at = 0; at < items.length; at += most) portions.push(items.slice(at, at + most));
  return portions;
}
