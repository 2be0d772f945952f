import { createConnection, type LiveConnection } from './create-connection.ts';
import type { FromWorker, ToWorker } from './link-messages.ts';
import type { Position } from './position.ts';

// Runs as a SharedWorker: one stream for all tabs of a browser, which allows six connections to one server.
// Its name is the path of the stream.
const ports = new Set<MessagePort>();
let live: LiveConnection | null = null;

const tellAll = (message: FromWorker) => {
  for (const port of ports) port.postMessage(message);
};

const openStream = (from: Position | null) =>
  createConnection(
    self.name,
    {
      onMessage: (message) => tellAll({ kind: 'message', message }),
      onConnection: (connection) => tellAll({ kind: 'connection', connection }),
    },
    from,
  );

const greet = (port: MessagePort, from: Position | null) => {
  ports.add(port);
  live ??= openStream(from);
  const tell = (message: FromWorker) => port.postMessage(message);
  tell({ kind: 'connection', connection: live.connection() });
  const missed = live.since(from);
  if (missed === null) live.restart();
  else for (const message of missed) tell({ kind: 'message', message });
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
    if (data.kind === 'hello') greet(port, data.from);
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
