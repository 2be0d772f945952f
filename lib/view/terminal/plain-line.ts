import { parseAnsi } from './parse-ansi.ts';

/** A line of terminal output as text alone: no colours, no commands, no control characters. */
export function plainLine(line: string): string {
  return parseAnsi(line)
    .map(({ text }) => text)
    .join('');
}
