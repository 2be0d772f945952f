/** Bytes that come in pieces, put together: pieces of one byte each take hardly more room than what is in them. */
export interface ByteCollector {
  /** The piece must not be changed by others later on. */
  push(piece: Buffer): void;
  byteLength(): number;
  /** All that came since the last time. */
  take(): Buffer;
}

/** What Node takes for a Buffer of its own is some hundred bytes: pieces smaller than this are copied together. */
const SMALL_BYTES = 1_024;
const MAX_BLOCK_BYTES = 64 * 1024;

export function collectBytes(): ByteCollector {
  let parts: Buffer[] = [];
  let block: Buffer | null = null;
  let blockBytes = 0;
  let size = 0;

  function closeBlock(): void {
    if (block !== null) parts.push(block.subarray(0, blockBytes));
    block = null;
    blockBytes = 0;
  }

  function copy(piece: Buffer): void {
    if (block !== null && blockBytes + piece.length > block.length) closeBlock();
    // As much again as there is, so that few bytes take little room and many are in few blocks.
    block ??= Buffer.allocUnsafeSlow(Math.min(MAX_BLOCK_BYTES, Math.max(2 * SMALL_BYTES, size)));
    piece.copy(block, blockBytes);
    blockBytes += piece.length;
  }

  return {
    push(piece) {
      if (piece.length >= SMALL_BYTES || size === 0) {
        closeBlock();
        parts.push(piece);
      } else copy(piece);
      size += piece.length;
    },
    byteLength: () => size,
    take() {
      closeBlock();
      const [first] = parts;
      const all = parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
      parts = [];
      size = 0;
      return all;
    },
  };
}
