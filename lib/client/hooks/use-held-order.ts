import { type RefObject, useEffect, useRef, useState } from 'react';
import { addChange, decideSortWait, NO_TIMES } from '#lib/view/shell/decide-sort.ts';

export interface HeldOrder {
  /** In the order that is shown: what has left the list since is still at its place. */
  ids: readonly string[];
  /** What came since, in its own order: it waits. */
  fresh: readonly string[];
  /** Does something wait, or stand where it does not belong any more? */
  isOld: boolean;
  sort(): void;
}

/**
 * The order of a list that stands still while much happens, and while somebody has the pointer or the focus within: rows
 * that move are not to be read, and are missed by a click. What comes first of all is shown at once.
 *
 * @param ids in the order that they should have
 * @param box what they are drawn in
 * @param of of what this is the list: another one is shown at once, in its own order
 * @param few up to so many all are in view in whatever order: what comes is shown below them at once, and they are sorted
 *   as late as under a pointer
 */
export function useHeldOrder(
  ids: readonly string[],
  box: RefObject<Element | null>,
  of: string | null = null,
  few = 0,
): HeldOrder {
  const [held, setHeld] = useState({ of, ids });
  const times = useRef(NO_TIMES);
  const wanted = ids.join('\n');
  const isOther = held.of !== of || (held.ids.length === 0 && ids.length > 0);
  if (isOther) setHeld({ of, ids });
  const shown = isOther ? ids : held.ids;
  const isOld = shown.join('\n') !== wanted;
  const known = new Set(isOld ? shown : ids);
  const fresh = ids.filter((id) => !known.has(id));
  const isStill = ids.length > 0 && shown.length + fresh.length <= few;
  if (isStill && fresh.length > 0) setHeld({ of, ids: [...shown, ...fresh] });
  useEffect(() => {
    if (!isOld) {
      times.current = { ...times.current, oldSinceMs: null };
      return;
    }
    times.current = addChange(times.current, Date.now());
    const waitMs = () => decideSortWait(times.current, Date.now());
    const sort = () => {
      if ((isStill || box.current?.matches(':hover, :focus-within')) && waitMs() > 0) return;
      times.current = { ...times.current, sortedAtMs: Date.now() };
      setHeld({ of, ids: wanted === '' ? [] : wanted.split('\n') });
    };
    const timer = setInterval(sort, waitMs());
    return () => clearInterval(timer);
  }, [wanted, isOld, box, of, isStill]);
  return {
    ids: shown,
    fresh,
    isOld,
    sort: () => setHeld({ of, ids }),
  };
}
