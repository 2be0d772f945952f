import { createServer, request, type ServerResponse } from 'node:http';
import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { encodeMessage } from '#lib/wire/encode-message.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';

/** A server whose pages are those of a real one, and whose stream is ours: swarms that no Docker would let us make. */
export interface Feed {
  url: string;
  /** Browsers that listen now. */
  listeners(): number;
  /** How often a page was asked for. */
  loads(): number;
  /** Shows another picture to everybody, as a snapshot of this build. */
  show(picture: SwarmPicture, build?: string): void;
  /** Sends changes, as the server does: one revision further. */
  change(changes: Change[], atMs?: number): void;
  /** Says no more word, the connections stay open. */
  fallSilent(): void;
  close(): Promise<void>;
}

const BEAT_MS = 1000;

/** Starts one in front of the server at `behind`. Its own build is what that server calls its own. */
export async function startFeed(behind: string, first: SwarmPicture, ownBuild: string): Promise<Feed> {
  const streams = new Set<ServerResponse>();
  const epoch = 'feed';
  let picture = first;
  let build = ownBuild;
  let isSilent = false;
  let loads = 0;
  const emit = (message: Message, to: Iterable<ServerResponse> = streams) => {
    if (isSilent) return;
    const bytes = encodeMessage(message, epoch);
    for (const stream of to) stream.write(bytes);
  };
  const snapshot = (): Message => {
    const seen = { ...picture, atMs: Date.now() };
    return { kind: 'snapshot', wire: WIRE_VERSION, build, epoch, picture: seen };
  };

  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/stream')) {
      outgoing.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
      });
      streams.add(outgoing);
      outgoing.on('close', () => streams.delete(outgoing));
      return emit(snapshot(), [outgoing]);
    }
    if (incoming.headers.accept?.includes('text/html')) loads += 1;
    const { method, headers } = incoming;
    const inner = request(new URL(incoming.url ?? '/', behind), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    inner.on('error', () => outgoing.destroy());
    incoming.pipe(inner);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const beat = setInterval(
    () => emit({ kind: 'beat', atMs: Date.now(), seenAtMs: Date.now(), revision: picture.revision }),
    BEAT_MS,
  );
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    listeners: () => streams.size,
    loads: () => loads,
    show(next, ofBuild = build) {
      picture = { ...next, revision: picture.revision + 1, atMs: Date.now() };
      build = ofBuild;
      emit(snapshot());
    },
    change(changes, atMs = Date.now()) {
      const from = picture.revision;
      picture = { ...applyChanges(picture, changes), revision: from + 1, atMs };
      emit({ kind: 'changes', from, to: from + 1, atMs, changes });
    },
    fallSilent() {
      isSilent = true;
    },
    close() {
      clearInterval(beat);
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
