/** Repeatable randomness: the same seed gives the same swarm and the same life. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** From `low` to below `high`. */
  between(low: number, high: number): number;
  /** A whole number from 0 to below `count`. */
  index(count: number): number;
  pick<T>(items: readonly T[]): T;
  /** Swarm's own form of an id: 25 characters of a-z and 0-9. */
  swarmId(): string;
  /** 64 hex digits, as containers have. */
  hexId(): string;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Mulberry32: small, fast, good enough to look alive. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const index = (count: number) => Math.floor(next() * count);
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    index,
    pick(items) {
      const item = items[index(items.length)];
      if (item === undefined) throw new Error('Nothing to pick from.');
      return item;
    },
    swarmId: () => Array.from({ length: 25 }, () => DIGITS[index(36)]).join(''),
    hexId: () =>
      Array.from({ length: 8 }, () =>
        Math.floor(next() * 4294967296)
          .toString(16)
          .padStart(8, '0'),
      ).join(''),
  };
}
