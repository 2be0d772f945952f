import type { Fact } from '#lib/words/words.ts';

export const all = 'All';
export const stateLabel = 'State';
export const title = 'Incidents';
export const intro = 'What belongs together of what was wrong, the newest first.';
export const openTitle = 'Open incidents';
export const allLink = 'all incidents';
export const noneYet = 'Nothing was wrong since the history began.';
export const noneMatch = 'No incident that is known fits this filter.';
export const older = 'Older incidents';
export const newest = 'The newest';
export const moreOpen = (count: Fact) => `and ${count} more`;
export const state = {
  open: 'Open',
  recovered: 'Open, services whole',
  over: 'Over',
} as const;
export const noneOpen = 'None is open any more.';
