import type { FullNetwork } from '#lib/model/contract/finding-facts.ts';
import type { AddressUse } from '#lib/model/contract/network.ts';

/** Of a network's addresses, fewer than one in so many are left. */
const FEW_SHARE = 10;
/** In a small network one in ten is none: a task that moves to another node may need two, its own and its node's. */
const FEW = 2;

/** Do those that are known have all of them? Else that none is left is a guess, from a task that waits. */
export function isFullByCount({ size, tasks, vips, nodes }: FullNetwork): boolean {
  return tasks + vips + nodes >= size;
}

/** `few`: the next deploy may not find enough; `none`: nothing more can start there. `null`: enough, or not known. */
export function findShortage({ size, left }: Pick<AddressUse, 'size' | 'left'>): 'few' | 'none' | null {
  if (size === null || left === null) return null;
  if (left === 0) return 'none';
  return left * FEW_SHARE < size || left < FEW ? 'few' : null;
}
