const MAX_KINDS = 200;
const FORGET_MS = 3_600_000;

/** Logs each kind of refused request once an hour, and how many there were: a scan must not fill a disk. */
export function createRefusalLog(
  write: (text: string) => void,
  nowMs: () => number,
): (from: string, what: string) => void {
  const seen = new Map<string, number>();
  let sinceMs = nowMs();
  return (from, what) => {
    if (nowMs() - sinceMs > FORGET_MS) {
      seen.clear();
      sinceMs = nowMs();
    }
    const key = `${from} ${what}`;
    const count = (seen.get(key) ?? 0) + 1;
    if (count === 1 && seen.size >= MAX_KINDS) return;
    seen.set(key, count);
    if (count === 1) write(`refused ${from}: ${what}`);
    else if (count % 1_000 === 0) write(`refused ${from}: ${what} (${count} times)`);
    if (count === 1 && seen.size === MAX_KINDS) write('refused: further kinds of refusals are not told now');
  };
}
