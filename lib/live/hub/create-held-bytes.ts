/** How much is in all pieces together that somebody holds, each counted once. */
export interface HeldBytes {
  add(bytes: Uint8Array): void;
  release(bytes: Uint8Array): void;
  bytes(): number;
  /** How much of these is not held. */
  missingBytes(all: readonly Uint8Array[]): number;
}

export function createHeldBytes(): HeldBytes {
  const holders = new Map<Uint8Array, number>();
  let sum = 0;
  return {
    add(bytes) {
      const before = holders.get(bytes) ?? 0;
      if (before === 0) sum += bytes.byteLength;
      holders.set(bytes, before + 1);
    },
    release(bytes) {
      const after = (holders.get(bytes) ?? 0) - 1;
      if (after > 0) holders.set(bytes, after);
      else if (holders.delete(bytes)) sum -= bytes.byteLength;
    },
    bytes: () => sum,
    missingBytes: (all) =>
      all.reduce((missing, bytes) => missing + (holders.has(bytes) ? 0 : bytes.byteLength), 0),
  };
}
