import { measureDistance } from '#lib/model/text/measure-distance.ts';

/** Longer than any name of Docker's: what is behind does not tell one from another. */
const MAX_CHARS = 64;
const MAX_NAMES = 5;

/** Those of `names` that were probably meant by one that is none of them, the nearest first, at most five. */
export function findNearNames(wanted: string, names: Iterable<string>): string[] {
  const short = fold(wanted);
  if (short === '') return [];
  const near: { name: string; distance: number }[] = [];
  for (const name of names) {
    const folded = fold(name);
    const distance = isPart(short, folded) ? 0 : measureDistance(short, folded);
    if (distance <= Math.max(1, short.length / 3)) near.push({ name, distance });
  }
  return near
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_NAMES)
    .map(({ name }) => name);
}

const fold = (name: string) => name.slice(0, MAX_CHARS).toLowerCase();

/** `web` of `shop_web`, `docker07.example.com` of `docker07`. */
function isPart(one: string, other: string): boolean {
  return Math.min(one.length, other.length) >= 3 && (one.includes(other) || other.includes(one));
}
