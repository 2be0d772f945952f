import type { IncomingMessage } from 'node:http';
import { SourceError } from './source.ts';

/** A log that is followed says a word every 5 s. */
const QUIET_MS = 20_000;

/**
 * What is waited for, if it comes in time: else it is ended. A source that hangs, or is cut off without a word, closes
 * nothing by itself.
 *
 * @throws SourceError `silent`
 */
export async function unlessSilent<T>(
  waited: Promise<T>,
  ending: AbortController,
  withinMs = QUIET_MS,
): Promise<T> {
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    ending.abort();
  }, withinMs);
  try {
    return await waited;
  } catch (error) {
    throw isLate ? new SourceError({ kind: 'silent' }) : error;
  } finally {
    clearTimeout(late);
  }
}

/** What comes of an answer, at the pace of who reads it. @throws SourceError `silent` */
export async function* readUnlessSilent(
  response: IncomingMessage,
  ending: AbortController,
  quietMs?: number,
): AsyncGenerator<Uint8Array, void> {
  const chunks = (response as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  try {
    while (true) {
      const { value, done } = await unlessSilent(chunks.next(), ending, quietMs);
      if (done) return;
      yield value;
    }
  } finally {
    ending.abort();
  }
}
