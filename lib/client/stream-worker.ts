import { WIRE_VERSION } from '#lib/wire/message.ts';
import { createConnection, type LiveConnection } from './create-connection.ts';
import type { FromWorker, ToWorker } from './link-messages.ts';

// Runs as a SharedWorker: one stream for all tabs of a browser, which allows six connections to one server.
const ports = new Set<MessagePort>();
let live: LiveConnection | null = null;

const tellAll = (message: FromWorker) => {
  for (const port of ports) port.postMessage(message);
};

const openStream = () =>
  createConnection('/api/stream', {
    onMessage: (message) => tellAll({ kind: 'message', message }),
    onConnection: (connection) => tellAll({ kind: 'connection', connection }),
  });

const greet = (port: MessagePort) => {
  ports.add(port);
  live ??= openStream();
  const tell = (message: FromWorker) => port.postMessage(message);
  tell({ kind: 'connection', connection: live.connection() });
  const cursor = live.cursor();
  if (cursor === null) return;
  const { events, ...snapshot } = cursor;
  tell({ kind: 'message', message: { kind: 'snapshot', wire: WIRE_VERSION, ...snapshot } });
  const { atMs } = snapshot.picture;
  if (events.length > 0) tell({ kind: 'message', message: { kind: 'events', atMs, before: null, events } });
};

const leave = (port: MessagePort) => {
  ports.delete(port);
  if (ports.size > 0) return;
  live?.close();
  live = null;
};

self.addEventListener('connect', (event) => {
  const port = (event as MessageEvent).ports[0];
  if (port === undefined) return;
  port.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'hello') greet(port);
    else if (data.kind === 'bye') leave(port);
    else {
      live?.check();
      port.postMessage({ kind: 'alive' } satisfies FromWorker);
    }
  });
  // Not in every browser; a page that ends also says bye.
  port.addEventListener('close', () => leave(port));
  port.start();
});
