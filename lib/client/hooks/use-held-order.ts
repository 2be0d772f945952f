import { type RefObject, useEffect, useRef, useState } from 'react';
import { addChange, addToFew, decideSortWait, NO_TIMES, settleFew } from '#lib/view/shell/decide-sort.ts';

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
 * @param few up to so many what comes is shown at once, first what is worse than all that is there. What left goes when it is
 *   quiet, and the worst comes first; others keep their places for as long as under a pointer
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
  const isFew = ids.length > 0 && shown.length + fresh.length <= few;
  if (isFew && fresh.length > 0)
    setHeld({ of, ids: isUsed(box) ? [...shown, ...fresh] : addToFew(shown, ids) });
  useEffect(() => {
    if (!isOld) {
      times.current = { ...times.current, oldSinceMs: null };
      return;
    }
    times.current = addChange(times.current, Date.now());
    const waitMs = () => decideSortWait(times.current, Date.now());
    const sort = () => {
      const isOver = waitMs() <= 0;
      if (!isOver && isUsed(box)) return;
      const ids = wanted === '' ? [] : wanted.split('\n');
      if (isFew && !isOver) {
        setHeld((held) => {
          const settled = settleFew(held.ids, ids);
          return settled.join() === held.ids.join() ? held : { of, ids: settled };
        });
        return;
      }
      times.current = { ...times.current, sortedAtMs: Date.now() };
      setHeld({ of, ids });
    };
    const timer = setInterval(sort, waitMs());
    return () => clearInterval(timer);
  }, [wanted, isOld, box, of, isFew]);
  return {
    ids: shown,
    fresh,
    isOld,
    sort: () => setHeld({ of, ids }),
  };
}

/** Has somebody the pointer or the focus within? */
const isUsed = (box: RefObject<Element | null>) => box.current?.matches(':hover, :focus-within') === true;
