/** Writes whole numbers into as few bytes as each needs: seven bits a byte, the low ones first. */
export function createNumberWriter(): {
  signed(value: number): void;
  unsigned(value: number): void;
  bytes(): Uint8Array;
} {
  const bytes: number[] = [];
  // Not with bit operators: they end at 32 bits.
  const unsigned = (value: number) => {
    let rest = value;
    while (rest >= 128) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  };
  return {
    unsigned,
    /** Small numbers of either sign as small ones without: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
    signed: (value) => unsigned(value < 0 ? -2 * value - 1 : 2 * value),
    bytes: () => Uint8Array.from(bytes),
  };
}

/** Reads what such a writer wrote. After the end it reads zeros, and `isOver` says so. */
export function createNumberReader(bytes: Uint8Array): {
  signed(): number;
  unsigned(): number;
  /** Is nothing left? */
  isAtEnd(): boolean;
  /** Was more read than there was? */
  isOver(): boolean;
} {
  let at = 0;
  const unsigned = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  };
  return {
    unsigned,
    signed() {
      const value = unsigned();
      return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    },
    isAtEnd: () => at >= bytes.length,
    isOver: () => at > bytes.length,
  };
}
