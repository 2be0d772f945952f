export interface ReloadGate {
  /** The server is of another build: reload, as soon as nobody minds. */
  ask(build: string): void;
  /** Not now. @returns what ends the objection */
  hold(): () => void;
  close(): void;
}

/** A page that always minds would stay old for ever. */
const MAX_HELD_MS = 10 * 60_000;

/** Reloads the page for a new build, at a moment that suits: a wall waits until no problem is on it, 10 min at most. */
export function createReloadGate(reload: (build: string) => void): ReloadGate {
  const holders = new Set<object>();
  let asked: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = () => {
    clearTimeout(timer);
    timer = undefined;
    if (asked !== null) reload(asked);
    asked = null;
  };
  return {
    ask(build) {
      asked = build;
      if (holders.size === 0) go();
      else timer ??= setTimeout(go, MAX_HELD_MS);
    },
    hold() {
      const holder = {};
      holders.add(holder);
      return () => {
        if (holders.delete(holder) && holders.size === 0 && asked !== null) go();
      };
    },
    close() {
      clearTimeout(timer);
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
