import { showCharacter } from './sanitize-output.ts';
import { type AnsiStyle, applySgr, PLAIN_STYLE } from './sgr.ts';
import { skipEscape } from './skip-escape.ts';

export interface AnsiSegment {
  text: string;
  style: AnsiStyle;
}

/** What follows the introducer of "select graphic rendition". */
const SGR = /^[0-9;:]*m$/;

/**
 * One line of terminal output as pieces of safe text with their looks. Only colours and the like are understood; every
 * other terminal command is taken out, control characters become visible, and what reorders or hides text is removed
 * (as in `sanitizeOutput`). A line begins plain, whatever the one before it left on.
 */
export function parseAnsi(line: string): AnsiSegment[] {
  const segments: AnsiSegment[] = [];
  let style = PLAIN_STYLE;
  let text = '';
  const cut = () => {
    if (text !== '') segments.push({ text, style });
    text = '';
  };
  let at = 0;
  while (at < line.length) {
    const end = skipEscape(line, at);
    if (end === null) {
      text += showInLine(line, at);
      at += 1;
      continue;
    }
    const command = line.slice(line.charAt(at + 1) === '[' ? at + 2 : at + 1, end);
    if (SGR.test(command)) {
      cut();
      style = applySgr(style, command.slice(0, -1));
    }
    at = end;
  }
  cut();
  return segments;
}

/** A line has no breaks: what would be one is shown. */
function showInLine(line: string, at: number): string {
  const code = line.charCodeAt(at);
  if (code === 0x0a || code === 0x0d) return String.fromCharCode(0x2400 + code);
  if (code === 0x2028 || code === 0x2029) return ' ';
  return showCharacter(line, at, code);
}

/** A line of terminal output as text alone: no colours, no commands, no control characters. */
export function plainLine(line: string): string {
  return parseAnsi(line)
    .map(({ text }) => text)
    .join('');
}
