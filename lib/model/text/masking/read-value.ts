import { isPlaceholder, isSentenceWord, isVariable } from './prose.ts';
import { findQuoteEnd, findValueEnd, findWordEnd, readQuote, skipBlanks } from './value-ends.ts';

/** What a phrase hides, and where the reader goes on. */
export interface Phrase {
  spans: readonly number[];
  until: number;
}

/** Reads a phrase whose first word stands from `at` to `end`. */
export type PhraseReader = (text: string, at: number, end: number) => Phrase | null;

export const one = (from: number, end: number): Phrase | null =>
  end > from ? { spans: [from, end], until: end } : null;

/** A value behind blanks: what is quoted, else a word. */
export function readValue(text: string, at: number): { from: number; end: number; quoted: boolean } {
  const quote = readQuote(text, at);
  if (quote !== null) return { from: quote.from, end: findQuoteEnd(text, quote).end, quoted: true };
  return { from: at, end: findValueEnd(text, at, ''), quoted: false };
}

/** `requirepass …` and its like in a configuration, `sentinel auth-pass master …`. */
export const readDirective =
  (skip: number): PhraseReader =>
  (text, _at, end) => {
    let from = skipBlanks(text, end);
    if (from === end) return null;
    for (let count = 0; count < skip; count += 1) from = skipBlanks(text, findWordEnd(text, from));
    if (from >= text.length || /[=:\n]/.test(text[from] ?? '')) return null;
    const { from: start, end: until } = readValue(text, from);
    const value = text.slice(start, Math.min(until, start + 160));
    if (value === '' || isPlaceholder(value) || isVariable(value) || isSentenceWord(value)) return null;
    return one(start, until);
  };

/** The value behind what `before` matches. */
export const readBehind =
  (before: RegExp): PhraseReader =>
  (text, _at, end) => {
    before.lastIndex = end;
    if (!before.test(text)) return null;
    const { from, end: until } = readValue(text, before.lastIndex);
    const value = text.slice(from, Math.min(until, from + 160));
    return isPlaceholder(value) || isVariable(value) ? null : one(from, until);
  };
