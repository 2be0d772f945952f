import { type PointerEvent, useEffect, useMemo, useState } from 'react';
import { holdItems, type ToKey } from '#lib/view/events/hold-items.ts';

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

/**
 * Items, of which new ones wait while somebody reads: nothing moves then.
 *
 * @param toKey the same function each time
 */
export function useHeld<T>(
  items: readonly T[],
  isReading: boolean,
  toKey: ToKey<T>,
): { shown: readonly T[]; waiting: number; release: () => void } {
  const [held, setHeld] = useState(items);
  useEffect(() => {
    if (!isReading) setHeld(items);
  }, [isReading, items]);
  const { shown, waiting } = useMemo(
    () => holdItems(isReading ? held : items, items, toKey),
    [items, isReading, held, toKey],
  );
  return { shown, waiting, release: () => setHeld(items) };
}
