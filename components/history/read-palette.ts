/** The theme's colours, for a canvas, which knows no CSS. */
export interface Palette {
  text: string;
  faint: string;
  line: string;
  lineStrong: string;
  surface: string;
  healthy: string;
  failing: string;
  unhealthy: string;
  fontFamily: string;
}

/** Reads the colours that hold at `element` now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: read('text'),
    faint: read('faint'),
    line: read('line'),
    lineStrong: read('line-strong'),
    surface: read('surface'),
    healthy: read('healthy'),
    failing: read('failing'),
    unhealthy: read('unhealthy'),
    fontFamily: style.fontFamily,
  };
}
