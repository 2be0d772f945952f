import { formatSpan } from './format-span.ts';

/** How long until the probe that decides has ended: `decides in 4 s`; nobody knows how long the last one really takes. */
export function formatDecision(leftMs: number): string {
  return leftMs > 0 ? `decides in ${formatSpan(Math.ceil(leftMs / 1000) * 1000)}` : 'decides any moment';
}
