import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface ElementSize {
  widthPx: number;
  heightPx: number;
}

/** How large an element is, in whole CSS px; `null` until it was measured. */
export function useElementSize(ref: RefObject<HTMLElement | null>): ElementSize | null {
  const [size, setSize] = useState<ElementSize | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = () => {
      const { clientWidth: widthPx, clientHeight: heightPx } = element;
      setSize((before) =>
        before?.widthPx === widthPx && before.heightPx === heightPx ? before : { widthPx, heightPx },
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

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
