import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';

/** Untrusted words in a line of Markdown: what would be markup, or HTML, is escaped; line breaks become blanks. */
export function formatMarkdownText(text: string): string {
  return sanitizeOutput(text)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_{}[\]<>|#~]/g, '\\$&')
    .replace(/&(?=[#\w]+;)/g, '\\&')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/:\/\//g, ':\u200b//')
    .replace(/\b(www)\./gi, '$1\u200b.');
}

/** Untrusted words as code in a line; they may hold backticks. */
export function formatMarkdownCode(text: string): string {
  const shown = sanitizeOutput(text).replace(/\s*\n\s*/g, ' ');
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return shown === '' ? '` `' : `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * The same as a cell of a table, where a bar ends the cell in code, too, and what is behind it would be markup: no way to
 * write it there holds behind a backslash.
 */
export function formatMarkdownCodeCell(text: string): string {
  return text.includes('|') ? formatMarkdownText(text) : formatMarkdownCode(text);
}

/** Untrusted output as a block of its own, fenced by more backticks than it holds. */
export function formatMarkdownBlock(text: string): string {
  const shown = sanitizeOutput(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/** A table; cells are Markdown already. */
export function formatMarkdownTable(head: string[], rows: string[][]): string {
  const toLine = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
