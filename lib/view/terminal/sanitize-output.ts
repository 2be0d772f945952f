import { showCharacter } from './show-character.ts';
import { skipEscape } from './skip-escape.ts';

/**
 * Untrusted output as text that is safe and honest to show: colours and terminal commands are taken out, control
 * characters become visible pictures (NUL is ␀), characters that reorder or hide text are removed. Line breaks and tabs
 * stay; line breaks at the end go.
 */
export function sanitizeOutput(text: string): string {
  let shown = '';
  let at = 0;
  while (at < text.length) {
    const end = skipEscape(text, at);
    if (end === null) shown += showCharacter(text, at, text.charCodeAt(at));
    at = end ?? at + 1;
  }
  return shown.trimEnd();
}
