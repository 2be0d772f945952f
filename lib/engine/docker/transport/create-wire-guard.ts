import { EngineError } from '#lib/engine/port.ts';
import { eachSecond } from '#lib/flow/each-second.ts';

/**
 * What HTTP and TLS add is a tenth, and most where an agent sends events one by one, each in a chunk and a record of its
 * own. Line breaks before an answer, zeros before a chunk's length, chunks and records of a byte add without end.
 */
const MAX_WIRE_RATIO = 2;
/** Handshakes, and what waits unread in the buffers of 64 logs whose readers are slow: some 200 kB each. */
const EMPTY_BYTES = { perSecond: 1_000_000, max: 32_000_000 };

export interface WireGuard {
  close(): void;
}

/**
 * Looks each second whether what comes over an endpoint's sockets is read by anybody: bytes that are no answer cost a
 * core, and have no limits that could be looked at.
 *
 * @param options.count all bytes since the start: that came, and that were read as answers
 */
export function createWireGuard(options: {
  display: string;
  count(): { wireBytes: number; bytesRead: number };
  onExcess(error: EngineError): void;
}): WireGuard {
  const { display, count, onExcess } = options;
  let emptyBytes = 0;
  let looked = { wireBytes: 0, bytesRead: 0 };

  const looks = eachSecond(() => {
    const now = count();
    const readBytes = now.bytesRead - looked.bytesRead;
    // What was read late makes up for what waited.
    const grownBytes = now.wireBytes - looked.wireBytes - MAX_WIRE_RATIO * readBytes;
    emptyBytes = Math.max(0, emptyBytes + grownBytes - EMPTY_BYTES.perSecond);
    looked = now;
    if (emptyBytes <= EMPTY_BYTES.max) return;
    emptyBytes = 0;
    onExcess(new EngineError('excess', `${display} sends megabytes that say nothing, which no engine does.`));
  });

  return { close: looks.cancel };
}
