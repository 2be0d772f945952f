import type { FromWorker, Position, ToWorker } from './connection.ts';
import type { ConnectionListener, LiveConnection } from './create-connection.ts';

/** One page, as the worker sees it. */
export interface SharePort {
  postMessage(message: FromWorker): void;
}

/** One stream for all pages of a browser, which allows six connections to one server. */
export interface StreamShare {
  receive(port: SharePort, message: ToWorker): void;
  /** The page is gone. */
  leave(port: SharePort): void;
}

/** Opens the stream for the first page that joins, and closes it after the last has left. */
export function createStreamShare(
  openStream: (listener: ConnectionListener, from: Position | null) => LiveConnection,
): StreamShare {
  const ports = new Set<SharePort>();
  let live: LiveConnection | null = null;

  const sendAll = (message: FromWorker) => {
    for (const port of ports) port.postMessage(message);
  };

  const join = (port: SharePort, from: Position | null) => {
    ports.add(port);
    live ??= openStream(
      {
        onMessage: (message) => sendAll({ kind: 'message', message }),
        onConnection: (connection) => sendAll({ kind: 'connection', connection }),
      },
      from,
    );
    port.postMessage({ kind: 'connection', connection: live.connection() });
    const missed = live.since(from);
    if (missed === null) live.restart();
    else for (const message of missed) port.postMessage({ kind: 'message', message });
  };

  const leave = (port: SharePort) => {
    ports.delete(port);
    if (ports.size > 0) return;
    live?.close();
    live = null;
  };

  return {
    receive(port, message) {
      if (message.kind === 'join') join(port, message.from);
      else if (message.kind === 'leave') leave(port);
      else {
        live?.check();
        port.postMessage({ kind: 'alive' });
      }
    },
    leave,
  };
}
