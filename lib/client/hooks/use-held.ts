import { type PointerEvent, useEffect, useMemo, useState } from 'react';

/** Handlers for an element that says whether a mouse is within it: somebody reads there. */
export function useReader(): {
  isReading: boolean;
  handlers: { onPointerEnter(event: PointerEvent): void; onPointerLeave(): void };
} {
  const [isReading, setReading] = useState(false);
  const handlers = useMemo(
    () => ({
      // A finger leaves no pointer behind.
      onPointerEnter: ({ pointerType }: PointerEvent) => setReading(pointerType === 'mouse'),
      onPointerLeave: () => setReading(false),
    }),
    [],
  );
  return { isReading, handlers };
}

/** Items, of which new ones wait while somebody reads: nothing moves then. */
export function useHeld<T extends { id: number }>(
  items: readonly T[],
  isReading: boolean,
): { shown: readonly T[]; waiting: number; release: () => void } {
  const newestId = useMemo(() => items.reduce((max, { id }) => Math.max(max, id), 0), [items]);
  const [heldId, setHeldId] = useState(newestId);
  useEffect(() => {
    if (!isReading) setHeldId(newestId);
  }, [isReading, newestId]);
  const shown = useMemo(
    () => (isReading ? items.filter(({ id }) => id <= heldId) : items),
    [items, isReading, heldId],
  );
  return { shown, waiting: items.length - shown.length, release: () => setHeldId(newestId) };
}
