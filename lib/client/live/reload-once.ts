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
