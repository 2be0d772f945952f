import type { TabWords } from '#lib/view/shell/describe-tab.ts';

const toIcon = (fill: string, ink: string, glyph: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${fill}"/><path d="${glyph}" fill="${ink}" stroke="${ink}" stroke-width="3" stroke-linejoin="round"/></svg>`,
  )}`;

/** A tab's icon for each state: told apart by shape as well as by colour. */
export const TAB_ICONS: Record<Exclude<TabWords['icon'], 'plain'>, string> = {
  bad: toIcon('#d3222f', '#fff', 'M9 9l14 14M23 9L9 23'),
  warn: toIcon('#12161d', '#f5b83d', 'M16 7l10 18H6z'),
  well: toIcon('#12161d', '#2fbf71', 'M8 16a8 8 0 1 1 16 0a8 8 0 1 1-16 0z'),
  unknown: toIcon('#5b6678', '#fff', 'M9 16h14'),
};
