import type { TabWords } from '#lib/view/describe-tab.ts';

const toIcon = (fill: string, shape: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/>${shape}</svg>`,
  )}`;

const line = (path: string, colour = '#fff') =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="4.4" stroke-linecap="round" stroke-linejoin="round"/>`;

/** A tab's icon for each state: told apart by shape as well as by colour. `plain` is app/icon.svg's. */
export const TAB_ICONS: Record<Exclude<TabWords['icon'], 'plain'>, string> = {
  bad: toIcon('#d3222f', line('M10 10l12 12M22 10L10 22')),
  warn: toIcon('#12161d', '<path d="M16 5l12 22H4z" fill="#f5b83d"/>'),
  well: toIcon('#12161d', '<circle cx="16" cy="16" r="9" fill="#2fbf71"/>'),
  unknown: toIcon(
    '#5b6678',
    `${line('M11.5 12.2c0-3 2-4.700 4.600-4.700s4.500 1.800 4.500 4.300c0 3.500-4.500 3.700-4.500 7')}<circle cx="16" cy="25" r="2.400" fill="#fff"/>`,
  ),
};
