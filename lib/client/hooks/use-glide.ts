import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { createGlide } from '#lib/client/page/create-glide.ts';

/** Lets what moves within a box glide to its new place, whether it was sorted or something above it came, grew or went. */
export function useGlide(box: RefObject<HTMLElement | null>): void {
  const [glide] = useState(createGlide);
  useLayoutEffect(() => glide(box.current));
  useEffect(() => {
    const sizes = new ResizeObserver(() => glide(box.current));
    if (box.current !== null) sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [box, glide]);
}
