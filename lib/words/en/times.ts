import type { Fact } from '#lib/words/words.ts';

export const now = 'now';
export const ago = (span: Fact) => `${span} ago`;
export const inSpan = (span: Fact) => `in ${span}`;
export const dueNow = 'due now';
export const overdueBy = (span: Fact) => `overdue by ${span}`;
export const decidesIn = (span: Fact) => `decides in ${span}`;
export const decidesAnyMoment = 'decides any moment';
