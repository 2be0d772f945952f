import { hasEqualContent } from '#lib/model/text/has-equal-content.ts';

/** What must be written to turn the cache from `before` into `after`; `undefined` takes an entry away. */
export function diffEntries(
  before: ReadonlyMap<string, unknown>,
  after: Map<string, unknown>,
): Map<string, unknown> {
  const changed = new Map<string, unknown>();
  for (const [key, value] of after) {
    const old = before.get(key);
    if (old === value) continue;
    // Services and replicas keep their identity while they stay the same; the few derived parts are made anew each time.
    if (!key.startsWith('service') && hasEqualContent(old, value)) after.set(key, old);
    else changed.set(key, value);
  }
  for (const key of before.keys()) if (!after.has(key)) changed.set(key, undefined);
  return changed;
}
