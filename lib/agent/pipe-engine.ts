import type { IncomingMessage, ServerResponse } from 'node:http';
import { readEngineError, toError } from './answer-request.ts';
import type { EngineLink } from './create-engine-link.ts';
import { openZip, sendAnswer, takesGzip } from './send-answer.ts';

/** A reader of events that is this far behind is cut off: it reads everything anew when it comes back. */
const MAX_WAITING_BYTES = 1024 * 1024;

interface Pipe {
  link: EngineLink;
  path: string;
  query: Record<string, string>;
  response: ServerResponse;
  /** Of the answer; `null`: the engine's own. */
  type: string | null;
  /** Compresses it for whoever takes that; each piece goes out at once all the same. */
  zips: boolean;
  /** Whether the engine is made to wait for a slow reader, who is cut off otherwise. */
  waits: boolean;
}

/**
 * Carries a stream of the engine to whoever asked, chunk by chunk through `makeReader`'s function. When either side
 * ends, both do. Settles at the end and never rejects.
 */
export async function pipeEngine(
  { link, path, query, response, type, zips, waits }: Pipe,
  makeReader: (send: (data: string | Buffer) => void) => (chunk: Buffer) => void,
): Promise<void> {
  // Whoever left while something else was asked gets no more.
  if (response.destroyed) return;
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  let engine: IncomingMessage;
  try {
    engine = await link.get('stream', path, query, controller.signal);
  } catch {
    if (!response.destroyed) sendAnswer(response, toError(502, 'The engine does not answer the agent.'));
    return;
  }
  if (engine.statusCode !== 200) {
    sendAnswer(response, toError(engine.statusCode ?? 502, await readEngineError(engine)));
    return;
  }
  const isZipped = zips && takesGzip(response.req);
  response.writeHead(200, {
    'Content-Type': type ?? engine.headers['content-type'] ?? 'application/octet-stream',
    ...(isZipped ? { 'Content-Encoding': 'gzip' } : {}),
  });
  response.flushHeaders();
  const out = isZipped ? openZip(response) : response;
  const read = makeReader((data) => {
    if (!out.write(data) && waits) engine.pause();
    if (!waits && out.writableLength + response.writableLength > MAX_WAITING_BYTES) response.destroy();
  });
  await new Promise<void>((resolve) => {
    engine.on('data', read);
    out.on('drain', () => engine.resume());
    engine.on('error', () => response.destroy());
    engine.on('end', () => out.end());
    // A stream that was cut must not look like one that ended.
    engine.on('close', () => {
      if (!engine.complete) response.destroy();
      resolve();
    });
    response.once('close', resolve);
  });
}
