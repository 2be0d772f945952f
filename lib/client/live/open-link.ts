import { toPath } from '#lib/view/links/to-path.ts';
import type { FromWorker, Position, ToWorker } from './connection.ts';
import { type ConnectionListener, createConnection } from './create-connection.ts';

/** A page's way to the stream. */
export interface Link {
  /** Look whether it still lives, after sleep, a network change or silence. */
  check(): void;
  /** Something was missed: sends the whole picture. */
  restart(): void;
  /** The page stands elsewhere than before: sends what came since. */
  follow(): void;
  close(): void;
}

const ANSWER_WITHIN_MS = 3000;

/**
 * Opens the stream shared by all tabs; where a browser has no shared workers, or ours does not answer, one of its own.
 * `position` gives what the page shows, which need not be sent again; `null` when it shows nothing yet.
 */
export function openLink(listener: ConnectionListener, position: () => Position | null): Link {
  let link: Link | null = null;
  let closed = false;
  const fallBack = () => {
    link?.close();
    if (!closed) link = openOwnLink(listener, position);
  };
  link =
    typeof SharedWorker === 'function'
      ? openSharedLink(listener, position, fallBack)
      : openOwnLink(listener, position);
  return {
    check: () => link?.check(),
    restart: () => link?.restart(),
    follow: () => link?.follow(),
    close() {
      closed = true;
      link?.close();
    },
  };
}

function openOwnLink(listener: ConnectionListener, position: () => Position | null): Link {
  const { since, check, restart, close } = createConnection(toPath('/api/stream'), listener, position());
  return {
    check,
    restart,
    follow() {
      const missed = since(position());
      if (missed === null) restart();
      else for (const message of missed) listener.onMessage(message);
    },
    close,
  };
}

function openSharedLink(
  listener: ConnectionListener,
  position: () => Position | null,
  fallBack: () => void,
): Link {
  let worker: SharedWorker;
  try {
    worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
      type: 'module',
      // A worker has no document to read the path from; whatever has this name shares one stream.
      name: toPath('/api/stream'),
    });
  } catch {
    return openOwnLink(listener, position);
  }
  const { port } = worker;
  const send = (message: ToWorker) => port.postMessage(message);
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const expectAnswer = () => {
    clearTimeout(deadline);
    deadline = setTimeout(fallBack, ANSWER_WITHIN_MS);
  };

  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    clearTimeout(deadline);
    if (data.kind === 'message') listener.onMessage(data.message);
    else if (data.kind === 'connection') listener.onConnection(data.connection);
  };
  worker.onerror = fallBack;
  const leave = () => send({ kind: 'leave' });
  const rejoin = ({ persisted }: PageTransitionEvent) => {
    if (persisted) send({ kind: 'join', from: position() });
  };
  addEventListener('pagehide', leave);
  addEventListener('pageshow', rejoin);
  send({ kind: 'join', from: position() });
  expectAnswer();

  return {
    check() {
      send({ kind: 'check' });
      expectAnswer();
    },
    restart() {
      send({ kind: 'join', from: null });
      expectAnswer();
    },
    follow() {
      send({ kind: 'join', from: position() });
      expectAnswer();
    },
    close() {
      clearTimeout(deadline);
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', rejoin);
      leave();
      port.close();
    },
  };
}
