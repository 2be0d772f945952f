/**
 * Lets what comes, grows or goes in a column's places (`.place`, with one box in it) push what is below by a transform, which
 * glides (overview.css), and never by layout: whoever looks sees where everything went. Whoever reads further down goes on
 * reading there. Laid out anew where the column gets another width.
 *
 * @returns ends it
 */
export function pushBelow(column: HTMLElement): () => void {
  let widthPx = 0;
  let pushed = new Map<HTMLElement, number>();
  const layOut = () => {
    widthPx = column.offsetWidth;
    pushed = new Map();
    column.style.marginBottom = '';
    for (const part of toParts(column)) Object.assign(part.style, { height: '', translate: '' });
  };
  const push = () => {
    if (column.offsetWidth !== widthPx) layOut();
    // As they are seen: on a phone in another order than in the document.
    const parts = toParts(column).sort((a, b) => a.offsetTop - b.offsetTop);
    for (const part of parts.filter(isPlace)) {
      if (part.style.height === '') part.style.height = `${part.offsetHeight}px`;
      sizes.observe(toBox(part));
    }
    const read = parts.find((part) => toBox(part).getBoundingClientRect().bottom > 0);
    const isBelow = read !== undefined && scrollY > 0 && toBox(read).getBoundingClientRect().top < 0;
    const before = (read && pushed.get(read)) ?? 0;
    let byPx = 0;
    for (const part of parts) {
      pushed.set(part, byPx);
      if (isPlace(part)) byPx += toBox(part).offsetHeight - part.offsetHeight;
    }
    const scrollPx = isBelow ? (pushed.get(read) ?? 0) - before : 0;
    for (const part of parts)
      Object.assign(part.style, {
        translate: `0 ${pushed.get(part) ?? 0}px`,
        transition: scrollPx === 0 ? '' : 'none',
      });
    column.style.marginBottom = `${byPx}px`;
    if (scrollPx !== 0) scrollBy({ top: scrollPx * (column.currentCSSZoom ?? 1), behavior: 'instant' });
  };
  const sizes = new ResizeObserver(push);
  push();
  sizes.observe(column);
  return () => {
    sizes.disconnect();
    layOut();
  };
}

const toParts = (column: HTMLElement) => [...column.children].filter((part) => part instanceof HTMLElement);
const isPlace = (part: HTMLElement) => part.classList.contains('place');
/** What is in a place, as high as it would be; else the part itself. */
const toBox = (part: HTMLElement) =>
  isPlace(part) && part.firstElementChild instanceof HTMLElement ? part.firstElementChild : part;
