import { useEffect, useState } from 'react';
import { type HeldWall, holdWall, isOrdered, NO_HELD, TURN_MS } from '#lib/view/wall/hold-problems.ts';
import type { WallContent } from '#lib/view/wall/to-wall-content.ts';

/** What a wall shows in places that hold still in a rush. */
export function useHeldWall(content: WallContent): HeldWall {
  const [state, setState] = useState(() => ({ of: content, held: holdWall(NO_HELD, content, 0) }));
  let { held } = state;
  if (state.of !== content) {
    held = holdWall(held, content, performance.now());
    setState({ of: content, held });
  }
  const isOld = !isOrdered(held, content);
  const dueAtMs = held.sortedAtMs + TURN_MS;
  useEffect(() => {
    if (!isOld) return;
    const sort = () => setState(({ of, held }) => ({ of, held: holdWall(held, of, performance.now()) }));
    // A timer may come a part of a millisecond early, and would find nothing due.
    const timer = setTimeout(sort, Math.max(0, Math.ceil(dueAtMs - performance.now()) + 1));
    return () => clearTimeout(timer);
  }, [isOld, dueAtMs]);
  return held;
}
