import { formatSpan } from './format-span.ts';

/** How long ago something was: `now`, `12 s ago`, `5 h 10 min ago`. */
export function formatAge(ageMs: number): string {
  return ageMs < 1000 ? 'now' : `${formatSpan(ageMs)} ago`;
}
