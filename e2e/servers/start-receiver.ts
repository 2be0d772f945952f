import { createServer, type IncomingMessage } from 'node:http';

export interface ReceivedMessage {
  atMs: number;
  id: string;
  kind: string;
  service: string | null;
  node: string | null;
  from: string | null;
  to: string | null;
  ok: boolean;
}

/** Takes messages of the webhook, over HTTP, and keeps each that comes. */
export async function startReceiver(host = '127.0.0.1'): Promise<{
  url: string;
  received: readonly ReceivedMessage[];
  close(): Promise<void>;
}> {
  const received: ReceivedMessage[] = [];
  const server = createServer(async (request, response) => {
    // Whoever is killed while it sends has not told it, and what comes to a port by mistake is no message.
    const message = await readMessage(request).catch(() => null);
    if (message === null) response.statusCode = 503;
    else received.push({ ...message, atMs: Date.now() });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const place = server.address();
  return {
    url: `http://${host}:${typeof place === 'object' && place !== null ? place.port : 0}/`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readMessage(request: IncomingMessage): Promise<ReceivedMessage> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text) as ReceivedMessage;
}

export interface MessageTally {
  /** Different messages. */
  told: number;
  /** The same one again, under its name: a receiver that looks at that has it once. */
  again: number;
  /** What is wrong: told twice under two names, or something between is missing. */
  wrong: string[];
  /** Services of which a problem was told last. */
  open: string[];
}

/** Each message of one subject begins where the one before ended. */
export function tallyMessages(received: readonly ReceivedMessage[]): MessageTally {
  const seen = new Set<string>();
  const last = new Map<string, string | null>();
  const wrong: string[] = [];
  let again = 0;
  for (const { id, kind, service, node, from, to } of received) {
    if (seen.has(id)) {
      again += 1;
      continue;
    }
    seen.add(id);
    const subject = `${kind} ${service ?? node ?? ''}`;
    const before = last.get(subject);
    const isOther = before !== undefined && before !== from && !(isWell(before) && isWell(from));
    if (isOther) wrong.push(`${subject}: told ${before}, then ${from} → ${to}`);
    last.set(subject, to);
  }
  const open = [...last].filter(([subject, to]) => subject.startsWith('service ') && !isWell(to)).map(String);
  return { told: seen.size, again, wrong, open };
}

export const isWell = (verdict: string | null) =>
  verdict === null || verdict === 'healthy' || verdict === 'updating';
