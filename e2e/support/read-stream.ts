import type { Message } from '#lib/wire/message.ts';
import { readEvents } from '#lib/wire/read-events.ts';
import type { VitalsServer } from './start-vitals.ts';

/** A viewer without a browser. */
export interface StreamReader {
  /** What came so far, undecoded JSON values. */
  messages: { id: string | null; text: string }[];
  /** The first message of this kind, once it came. */
  next(kind: Message['kind'], timeoutMs?: number): Promise<{ id: string | null; text: string }>;
  close(): void;
}

/** Opens `GET /api/stream`, resuming after `lastEventId` if given. */
export async function readStream(
  { url }: Pick<VitalsServer, 'url'>,
  lastEventId: string | null = null,
  credentials: Record<string, string> = {},
): Promise<StreamReader> {
  const stop = new AbortController();
  const headers = { ...credentials, ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) };
  const response = await fetch(`${url}/api/stream`, { signal: stop.signal, headers });
  if (!response.ok || response.body === null) throw new Error(`GET /api/stream: ${response.status}`);
  const messages: StreamReader['messages'] = [];
  const kinds: string[] = [];
  readEvents(response.body, ({ event, id, data }) => {
    kinds.push(event);
    messages.push({ id, text: data });
  }).catch(() => undefined);
  return {
    messages,
    async next(kind, timeoutMs = 10_000) {
      const endMs = Date.now() + timeoutMs;
      while (Date.now() < endMs) {
        const found = messages[kinds.indexOf(kind)];
        if (found !== undefined) return found;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No ${kind} came within ${timeoutMs} ms; came: ${kinds.join(', ') || 'nothing'}`);
    },
    close: () => stop.abort(),
  };
}
