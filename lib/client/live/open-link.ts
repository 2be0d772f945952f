import { toPath } from '#lib/view/links/to-path.ts';
import { type Clock, systemClock, type Timer } from './clock.ts';
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

/** As a browser starts it. */
export interface StreamWorker {
  readonly port: Pick<MessagePort, 'postMessage' | 'onmessage' | 'close'>;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** What says that a page is left, and looked at again. */
type Page = Pick<Window, 'addEventListener' | 'removeEventListener'>;

/**
 * Opens the stream shared by all tabs; where a browser has no shared workers, or ours does not answer, one of its own.
 * `position` gives what the page shows, which need not be sent again; `null` when it shows nothing yet.
 */
export function openLink(
  listener: ConnectionListener,
  position: () => Position | null,
  {
    clock = systemClock,
    startWorker = startSharedWorker,
    page = globalThis,
    connect = createConnection,
  } = {} as {
    clock?: Clock;
    startWorker?: () => StreamWorker | null;
    page?: Page;
    connect?: typeof createConnection;
  },
): Link {
  let link: Link | null = null;
  let closed = false;
  const fallBack = () => {
    link?.close();
    if (!closed) link = openOwnLink(listener, position, connect);
  };
  const worker = startWorker();
  link =
    worker === null
      ? openOwnLink(listener, position, connect)
      : openSharedLink({ worker, page, clock }, listener, position, fallBack);
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

/** The worker that holds the stream; `null`: the browser has none for us. */
function startSharedWorker(): StreamWorker | null {
  if (typeof SharedWorker !== 'function') return null;
  try {
    return new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
      type: 'module',
      // A worker has no document to read the path from; whatever has this name shares one stream.
      name: toPath('/api/stream'),
    });
  } catch {
    return null;
  }
}

function openOwnLink(
  listener: ConnectionListener,
  position: () => Position | null,
  connect: typeof createConnection,
): Link {
  const { since, check, restart, close } = connect(toPath('/api/stream'), listener, position());
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
  { worker, page, clock }: { worker: StreamWorker; page: Page; clock: Clock },
  listener: ConnectionListener,
  position: () => Position | null,
  fallBack: () => void,
): Link {
  const { port } = worker;
  const send = (message: ToWorker) => port.postMessage(message);
  let deadline: Timer | undefined;
  const expectAnswer = () => {
    deadline?.cancel();
    deadline = clock.setTimer(ANSWER_WITHIN_MS, fallBack);
  };

  port.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    deadline?.cancel();
    if (data.kind === 'message') listener.onMessage(data.message);
    else if (data.kind === 'connection') listener.onConnection(data.connection);
  };
  worker.onerror = fallBack;
  const leave = () => send({ kind: 'leave' });
  const rejoin = ({ persisted }: PageTransitionEvent) => {
    if (persisted) send({ kind: 'join', from: position() });
  };
  page.addEventListener('pagehide', leave);
  page.addEventListener('pageshow', rejoin);
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
      deadline?.cancel();
      page.removeEventListener('pagehide', leave);
      page.removeEventListener('pageshow', rejoin);
      leave();
      port.close();
    },
  };
}
