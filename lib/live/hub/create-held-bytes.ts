/** How much is in all pieces together that somebody holds, each counted once. */
export interface HeldBytes {
  add(bytes: Uint8Array): void;
  release(bytes: Uint8Array): void;
  /** For so much more; what is larger than all that may be held waits for half. */
  hasRoom(bytes: number): boolean;
  /** The same where what is small may be held beside it, up to as much again. */
  hasRoomBeside(bytes: number): boolean;
  /** How much of these is not held. */
  missingBytes(all: readonly Uint8Array[]): number;
}

export function createHeldBytes(maxBytes: number): HeldBytes {
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
    hasRoom: (bytes) => sum + Math.min(bytes, maxBytes / 2) <= maxBytes,
    hasRoomBeside: (bytes) => sum + bytes <= 2 * maxBytes,
    missingBytes: (all) =>
      all.reduce((missing, bytes) => missing + (holders.has(bytes) ? 0 : bytes.byteLength), 0),
  };
}
