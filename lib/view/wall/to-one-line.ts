import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';

/** An untrusted name as one line that is safe to show. */
export function toOneLine(text: string): string {
  return sanitizeOutput(text).replace(/\s+/g, ' ').trim();
}
