const MOVING = '.problems > *, .problem-group, .problem-line, .problem-lost > li';
const LASTS_MS = 250;

/**
 * What was moved in a list is drawn where it was, and glides to where it is: whoever looks sees where it went, and nothing
 * jumps. On paper (print.css), and for who wants no motion, all is at its place at once.
 *
 * @returns to be called as soon as something may have moved, before it is painted
 */
export function createGlide(): (box: Element | null) => void {
  const places = new WeakMap<Element, readonly [number, number]>();
  return (box) => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const one of box?.querySelectorAll<HTMLElement>(MOVING) ?? []) {
      const [x, y] = toPlace(one);
      const [fromX, fromY] = places.get(one) ?? [x, y];
      places.set(one, [x, y]);
      if (isStill || (fromX === x && fromY === y)) continue;
      const translate = [`${fromX - x}px ${fromY - y}px`, '0 0'];
      one.animate({ translate }, { duration: LASTS_MS, easing: 'ease-out' });
    }
  };
}

/** Where it stands in what it is part of, which may move itself. */
function toPlace({
  offsetLeft,
  offsetTop,
  offsetParent,
  parentElement,
}: HTMLElement): readonly [number, number] {
  const isWithin = offsetParent === parentElement || parentElement === null;
  return isWithin
    ? [offsetLeft, offsetTop]
    : [offsetLeft - parentElement.offsetLeft, offsetTop - parentElement.offsetTop];
}
