import type { TabWords } from './describe-tab.ts';
import { failing, healthy, muted, surface, unhealthy, unknown } from './palette.ts';

/** The mark of Swarm Vitals, a heartbeat: one line in a box of 22 by 22. Its colour is its user's. */
export const MARK = {
  viewBox: '0 0 22 22',
  path: 'M1 12h4l2.5-8 4 15 3-10 1.5 3h5',
  width: 2,
} as const;

const MARK_LINE = `<path transform="translate(5 5)" d="${MARK.path}" fill="none" stroke="${muted.dark}" stroke-width="${MARK.width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** The mark as a file: `public/icon.svg` is made of it. It says nothing of any swarm. */
export const ICON = toSvg(surface.dark, MARK_LINE);

/**
 * A tab's icon for each state: distinct by shape as well as by colour. As data: that of a server which does not
 * answer could not be fetched from it.
 */
export const TAB_ICONS: Record<Exclude<TabWords['icon'], 'plain'>, string> = {
  bad: toUrl(unhealthy.light, '#fff', 'M9 9l14 14M23 9L9 23'),
  warn: toUrl(surface.dark, failing.dark, 'M16 7l10 18H6z'),
  well: toUrl(surface.dark, healthy.dark, 'M8 16a8 8 0 1 1 16 0a8 8 0 1 1-16 0z'),
  unknown: toUrl(unknown.light, '#fff', 'M9 16h14'),
  past: toUrl(surface.dark, muted.dark, 'M16 8v8l6 4', 'none'),
};

function toUrl(fill: string, ink: string, glyph: string, inside = ink): string {
  const path = `<path d="${glyph}" fill="${inside}" stroke="${ink}" stroke-width="3" stroke-linejoin="round"/>`;
  return `data:image/svg+xml,${encodeURIComponent(toSvg(fill, path))}`;
}

function toSvg(fill: string, inner: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/>${inner}</svg>`;
}
