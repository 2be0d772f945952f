import { useEffect, useState, useSyncExternalStore } from 'react';
import { createLogStore, type LogState } from './create-log-store.ts';
import { type LogConnection, openLog } from './open-log.ts';

/** A tab in the background gives its connection back after this long. */
const HIDDEN_FOR_MS = 5_000;

/** Follows the log at `url` (without `tail` and `follow`) while the tab is visible. */
export function useLog(url: string, tail: number): { log: LogState; connection: LogConnection } {
  const [store] = useState(() => createLogStore(tail));
  const [connection, setConnection] = useState<LogConnection>({ state: 'connecting' });
  const log = useSyncExternalStore(store.subscribe, store.state, store.state);

  useEffect(() => {
    const separator = url.includes('?') ? '&' : '?';
    const address = `${url}${separator}follow=1&tail=${tail}`;
    let open: { close(): void } | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const start = () => {
      open ??= openLog(address, {
        onOpen: store.reopened,
        onMessage: store.take,
        onConnection: setConnection,
      });
    };
    const stop = () => {
      open?.close();
      open = null;
    };
    const onVisibility = () => {
      clearTimeout(timer);
      if (document.visibilityState === 'visible') start();
      else timer = setTimeout(stop, HIDDEN_FOR_MS);
    };
    onVisibility();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
      stop();
    };
  }, [store, url, tail]);

  return { log, connection };
}
