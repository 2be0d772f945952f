export interface ReloadGate {
  /**
   * The server is of another build: reload, as soon as nobody minds. One that the page cannot read is not what anybody
   * would want to go on looking at.
   */
  ask(build: string, isReadable: boolean): void;
  /** Not now. @returns what ends the objection */
  hold(): () => void;
  close(): void;
}

/** A page that always minds would stay old for ever. */
const MAX_HELD_MS = 10 * 60_000;
/**
 * All pages notice a new build in the same second, and the server has one thread to draw each of them anew: they come one
 * after another. A page that can no longer read the stream shows that its data is old, and comes sooner.
 */
const SPREAD_MS = {
  readable: { from: 10_000, over: 20_000 },
  unreadable: { from: 0, over: 10_000 },
} as const;

/**
 * Reloads the page for a new build, at a moment that suits the server, and whoever looks at it: a wall waits until no problem
 * is on it, 10 min at most.
 *
 * @param random from 0 to 1
 */
export function createReloadGate(reload: (build: string) => void, random = Math.random): ReloadGate {
  const holders = new Set<object>();
  let asked: string | null = null;
  let isDue = false;
  let isUrgent = false;
  let due: ReturnType<typeof setTimeout> | undefined;
  let latest: ReturnType<typeof setTimeout> | undefined;
  const clearDue = () => {
    clearTimeout(due);
    due = undefined;
  };
  const clear = () => {
    clearDue();
    clearTimeout(latest);
    latest = undefined;
    isDue = false;
  };
  const go = () => {
    clear();
    if (asked !== null) reload(asked);
    asked = null;
  };
  const onDue = () => {
    isDue = true;
    if (holders.size === 0) go();
  };
  return {
    ask(build, isReadable) {
      asked = build;
      if (!isReadable && !isUrgent) clearDue();
      isUrgent ||= !isReadable;
      const { from, over } = SPREAD_MS[isReadable ? 'readable' : 'unreadable'];
      due ??= setTimeout(isReadable ? onDue : go, from + random() * over);
      latest ??= setTimeout(go, MAX_HELD_MS);
    },
    hold() {
      const holder = {};
      holders.add(holder);
      return () => {
        if (holders.delete(holder) && holders.size === 0 && isDue) go();
      };
    },
    close() {
      clear();
      asked = null;
    },
  };
}

const KEY = 'vitals-reloaded-for';

/** Reloads the page to get the server's new build, once per build: should it be the same page again, it stays. */
export function reloadOnce(build: string): void {
  try {
    if (sessionStorage.getItem(KEY) === build) return;
    sessionStorage.setItem(KEY, build);
  } catch {
    // Without storage a loop could not be noticed: better an old page than one that never rests.
    return;
  }
  location.reload();
}
