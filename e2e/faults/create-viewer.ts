import { setTimeout as sleep } from 'node:timers/promises';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { applyChanges } from '#lib/model/derive/apply-changes.ts';
import { parseMessage } from '#lib/wire/parse-message.ts';

/** A viewer as a browser is one: it has what the stream sent, and comes again with the id it had. */
export interface Viewer {
  picture(): SwarmPicture | null;
  drop(): void;
  confuse(): void;
  stall(forMs: number): void;
  /** What must never happen: revisions that go back, or changes that do not follow on what it has. */
  wrongs(): string[];
  close(): Promise<void>;
}

export function createViewer(
  open: (lastEventId: string | null, signal: AbortSignal) => ReadableStream<Uint8Array>,
): Viewer {
  const wrongs: string[] = [];
  let picture: SwarmPicture | null = null;
  let lastId: string | null = null;
  let epoch: string | null = null;
  let stalledUntilMs = 0;
  let closed = false;
  let connection = new AbortController();

  function take(event: string): void {
    const kind = /^event: (.*)$/m.exec(event)?.[1] ?? '';
    const id = /^id: (.*)$/m.exec(event)?.[1] ?? null;
    const message = parseMessage(kind, /^data: (.*)$/m.exec(event)?.[1] ?? '');
    if (message === null) return void wrongs.push(`A message that cannot be read: ${event.slice(0, 200)}`);
    if (message.kind === 'snapshot') {
      if (epoch === message.epoch && picture !== null && message.picture.revision < picture.revision)
        wrongs.push(`A snapshot goes back from ${picture.revision} to ${message.picture.revision}.`);
      epoch = message.epoch;
      picture = message.picture;
    } else if (message.kind === 'changes') {
      // Sent before it fell behind; the snapshot that is due has them.
      if (picture === null || message.from !== picture.revision) {
        if (picture !== null && message.from > picture.revision)
          wrongs.push(`Changes from ${message.from} came to a viewer at ${picture.revision}.`);
        return;
      }
      if (message.to <= message.from) wrongs.push(`Changes lead from ${message.from} to ${message.to}.`);
      picture = {
        ...applyChanges(picture, message.changes),
        revision: message.to,
        atMs: message.atMs,
      };
    }
    if (id !== null) lastId = id;
  }

  async function follow(): Promise<void> {
    while (!closed) {
      connection = new AbortController();
      const reader = open(lastId, connection.signal)
        .pipeThrough<string>(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
        .getReader();
      let text = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        const events = `${text}${value}`.split('\n\n');
        text = events.pop() ?? '';
        for (const event of events) take(event);
        const stallMs = stalledUntilMs - Date.now();
        if (stallMs > 0) await sleep(stallMs);
      }
      await sleep(50);
    }
  }

  const done = follow().catch((error: unknown) => void wrongs.push(`The viewer failed: ${String(error)}`));
  return {
    picture: () => picture,
    drop: () => connection.abort(),
    confuse() {
      lastId = 'nobody-123456';
      connection.abort();
    },
    stall(forMs) {
      stalledUntilMs = Date.now() + forMs;
    },
    wrongs: () => wrongs,
    async close() {
      closed = true;
      connection.abort();
      await done;
    },
  };
}
