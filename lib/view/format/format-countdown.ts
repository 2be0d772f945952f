import { formatSpan } from './format-span.ts';

/** How long until something: `in 3 s`, `due now`, and when it is late by more than 2 s `overdue by 8 s`. */
export function formatCountdown(leftMs: number): string {
  if (leftMs > 0) return `in ${formatSpan(Math.ceil(leftMs / 1000) * 1000)}`;
  return leftMs > -3000 ? 'due now' : `overdue by ${formatSpan(-leftMs)}`;
}
