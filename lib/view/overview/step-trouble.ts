/**
 * Which trouble comes next (`step` 1) or before (-1), in a circle, seen from the page at `path`; from a page that is
 * none of them the first one below it (a service's page: its own first replica), else the first or the last of all.
 * `null` when there is none.
 */
export function stepTrouble<T extends { href: string }>(
  troubles: readonly T[],
  path: string,
  step: 1 | -1,
): { trouble: T; number: number } | null {
  if (troubles.length === 0) return null;
  const here = troubles.findIndex(({ href }) => href === path);
  const below = here < 0 && step === 1 ? troubles.findIndex(({ href }) => href.startsWith(`${path}/`)) : -1;
  const start = step === 1 ? -1 : troubles.length;
  const index = below >= 0 ? below : ((here < 0 ? start : here) + step + troubles.length) % troubles.length;
  const trouble = troubles[index];
  return trouble === undefined ? null : { trouble, number: index + 1 };
}
