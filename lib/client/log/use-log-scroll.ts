import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react';

const AT_END_PX = 24;
/** What a person does scrolls within this; what scrolls otherwise is the page itself. */
const BY_HAND_MS = 600;
const UP_KEYS: readonly string[] = ['ArrowUp', 'PageUp', 'Home'];
const HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/**
 * Keeps the end of a scrolled box in view while `following`; reports when a person scrolls away from the end, and back.
 *
 * @param content changes when there is more to show
 */
export function useLogScroll(
  box: RefObject<HTMLElement | null>,
  {
    following,
    content,
    onLeave,
    onReturn,
  }: {
    following: boolean;
    content: unknown;
    onLeave(): void;
    onReturn(): void;
  },
): { toEnd(): void } {
  const handAtMs = useRef(0);
  const lastTop = useRef(0);
  /** The page itself scrolled: the event for it comes later, and nobody asked for it. */
  const isOwn = useRef(false);
  /** Whoever scrolls up does not come back by it, whatever the page itself did in the same moment. */
  const isUpward = useRef(false);

  const toEnd = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const before = element.scrollTop;
    element.scrollTop = element.scrollHeight;
    if (element.scrollTop !== before) isOwn.current = true;
  }, [box]);

  useLayoutEffect(() => {
    if (following && content !== null) toEnd();
  }, [following, content, toEnd]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const onHand = (event: Event) => {
      handAtMs.current = performance.now();
      isUpward.current =
        (event instanceof WheelEvent && event.deltaY < 0) ||
        (event instanceof KeyboardEvent && UP_KEYS.includes(event.key));
      // At once: new lines would bring the end back before the wheel has moved far.
      const canMove = element.scrollHeight > element.clientHeight;
      if (event instanceof WheelEvent && event.deltaY < 0 && canMove) onLeave();
    };
    const onScroll = () => {
      const top = element.scrollTop;
      const isUp = top < lastTop.current;
      lastTop.current = top;
      if (isOwn.current) {
        isOwn.current = false;
        return;
      }
      if (performance.now() - handAtMs.current > BY_HAND_MS) return;
      const isAtEnd = element.scrollHeight - top - element.clientHeight < AT_END_PX;
      if (isUp) onLeave();
      else if (isAtEnd && !isUpward.current) onReturn();
    };
    for (const type of HAND) element.addEventListener(type, onHand, { passive: true });
    element.addEventListener('scroll', onScroll, { passive: true });
    // Rows are measured late, and the window changes: the end stays in view all the same.
    const resized = new ResizeObserver(() => {
      if (element.dataset.following === 'true') toEnd();
    });
    resized.observe(element);
    if (element.firstElementChild) resized.observe(element.firstElementChild);
    return () => {
      resized.disconnect();
      for (const type of HAND) element.removeEventListener(type, onHand);
      element.removeEventListener('scroll', onScroll);
    };
  }, [box, onLeave, onReturn, toEnd]);

  return { toEnd };
}
