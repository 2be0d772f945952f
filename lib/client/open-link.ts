import { type ConnectionListener, createConnection } from './create-connection.ts';
import type { FromWorker, ToWorker } from './link-messages.ts';

/** A page's way to the stream. */
export interface Link {
  /** Look whether it still lives, after sleep, a network change or silence. */
  check(): void;
  close(): void;
}

const ANSWER_WITHIN_MS = 3000;

/** Opens the stream shared by all tabs; where a browser has no shared workers, or ours does not answer, one of its own. */
export function openLink(listener: ConnectionListener): Link {
  let link: Link | null = null;
  let closed = false;
  const fallBack = () => {
    link?.close();
    if (!closed) link = openOwnLink(listener);
  };
  link = typeof SharedWorker === 'function' ? openSharedLink(listener, fallBack) : openOwnLink(listener);
  return {
    check: () => link?.check(),
    close() {
      closed = true;
      link?.close();
    },
  };
}

function openOwnLink(listener: ConnectionListener): Link {
  const live = createConnection('/api/stream', listener);
  return { check: live.check, close: live.close };
}

function openSharedLink(listener: ConnectionListener, fallBack: () => void): Link {
  let worker: SharedWorker;
  try {
    worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
      type: 'module',
      name: 'swarm-vitals',
    });
  } catch {
    return openOwnLink(listener);
  }
  const { port } = worker;
  const tell = (message: ToWorker) => port.postMessage(message);
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
  const sayBye = () => tell({ kind: 'bye' });
  const sayHello = ({ persisted }: PageTransitionEvent) => {
    if (persisted) tell({ kind: 'hello' });
  };
  addEventListener('pagehide', sayBye);
  addEventListener('pageshow', sayHello);
  tell({ kind: 'hello' });
  expectAnswer();

  return {
    check() {
      tell({ kind: 'check' });
      expectAnswer();
    },
    close() {
      clearTimeout(deadline);
      removeEventListener('pagehide', sayBye);
      removeEventListener('pageshow', sayHello);
      sayBye();
      port.close();
    },
  };
}
