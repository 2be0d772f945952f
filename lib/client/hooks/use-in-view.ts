import { type RefObject, useEffect, useRef, useState } from 'react';

/** Is the element that `ref` is given to in view? True until the browser answers. */
export function useInView<T extends Element>(marginPx: number): [RefObject<T | null>, boolean] {
  const ref = useRef<T>(null);
  const [isInView, setInView] = useState(true);
  useEffect(() => {
    if (ref.current === null) return;
    const watch = new IntersectionObserver((entries) => setInView(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: `${marginPx}px 0px`,
    });
    watch.observe(ref.current);
    return () => watch.disconnect();
  }, [marginPx]);
  return [ref, isInView];
}
