import { useLayoutEffect, useRef } from 'react';

/** For an element that keeps the height that its words once needed, as long as it is as wide: nothing moves back and forth. */
export function useHighest() {
  const box = useRef<HTMLDivElement>(null);
  const was = useRef({ width: 0, height: 0 });
  useLayoutEffect(() => {
    if (box.current === null) return;
    const { offsetWidth: width, style } = box.current;
    if (width !== was.current.width) {
      was.current = { width, height: 0 };
      style.minHeight = '';
    }
    const { offsetHeight: height } = box.current;
    if (height <= was.current.height) return;
    was.current.height = height;
    style.minHeight = `${height}px`;
  });
  return box;
}
