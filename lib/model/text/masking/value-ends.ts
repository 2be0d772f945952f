import { WORD_BREAK } from './fold-text.ts';

/** Where values end. Each walks over the value once, and whoever masks it goes on behind it. */

const QUOTES = '"\'`';
const BACKSLASH = 0x5c;

export const isBreak = (code: number): boolean => code === WORD_BREAK || code === 0x0a || code === 0x0d;
export const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
const isSpace = (code: number): boolean => isBlank(code) || isBreak(code);

export function skipBlanks(text: string, at: number): number {
  let end = at;
  while (end < text.length && isBlank(text.charCodeAt(end))) end += 1;
  return end;
}

/** Blanks, line breaks and where words meet. */
export function skipSpaces(text: string, at: number): number {
  let end = at;
  while (end < text.length && isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** To the next blank, line break or end of a word. */
export function findWordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isSpace(text.charCodeAt(end))) end += 1;
  return end;
}

/** @param limit looks no further */
export function findLineEnd(text: string, at: number, limit = text.length): number {
  const last = Math.min(limit, text.length);
  let end = at;
  while (end < last && !isBreak(text.charCodeAt(end))) end += 1;
  return end;
}

/** An opening quote of any kind, escaped or encoded as it may be. */
export interface Quote {
  /** Where what is quoted begins. */
  from: number;
  /** What ends it: a character, or an encoded one. */
  mark: string;
  /** How many backslashes stood before it: as many end it, more are within. */
  escapes: number;
}

const ENCODED = /(?:&quot;|&#34;|&#39;|&apos;|%(?:25){0,2}2[27]|\\{1,4}(?:u002|x2)[27])/iy;

export function readQuote(text: string, at: number): Quote | null {
  let from = at;
  while (from < at + 16 && text.charCodeAt(from) === BACKSLASH) from += 1;
  const char = text[from];
  if (char === undefined) return null;
  if (QUOTES.includes(char)) {
    const isTriple = from === at && text[from + 1] === char && text[from + 2] === char && char !== '`';
    return isTriple
      ? { from: from + 3, mark: char.repeat(3), escapes: 0 }
      : { from: from + 1, mark: char, escapes: from - at };
  }
  if (from > at ? char !== 'u' && char !== 'x' : char !== '&' && char !== '%') return null;
  ENCODED.lastIndex = at;
  if (!ENCODED.test(text)) return null;
  return { from: ENCODED.lastIndex, mark: text.slice(at, ENCODED.lastIndex), escapes: 0 };
}

/**
 * Where what is quoted ends; the end of the text (or of the word of a command) when the quote was cut off: it is the
 * beginning of a secret all the same.
 */
export function findQuoteEnd(text: string, { from, mark, escapes }: Quote): { end: number; closed: boolean } {
  let at = from;
  let slashes = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === WORD_BREAK) return { end: at, closed: false };
    if (code === BACKSLASH) {
      // `\\u0022`
      if (mark.charCodeAt(0) === BACKSLASH && text.startsWith(mark, at)) return { end: at, closed: true };
      slashes += 1;
      continue;
    }
    if (text[at] === mark[0] && (mark.length === 1 || text.startsWith(mark, at))) {
      const within = escapes === 0 ? slashes % 2 === 1 : slashes > escapes;
      const doubled = mark === "'" && escapes === 0 && text[at + 1] === "'" && at > from;
      if (doubled) at += 1;
      else if (!within) return { end: Math.max(from, at - Math.min(slashes, escapes)), closed: true };
    }
    slashes = 0;
  }
  return { end: text.length, closed: false };
}

/** Where a bracket that opens at `at` is closed again, strings within left out; the end of the text when it is not. */
export function findBracketEnd(text: string, at: number): { end: number; closed: boolean } {
  let depth = 0;
  let quote = '';
  for (let place = at; place < text.length; place += 1) {
    const char = text[place] as string;
    if (char.charCodeAt(0) === WORD_BREAK) return { end: place, closed: false };
    if (quote !== '') {
      if (char === quote && text[place - 1] !== '\\') quote = '';
    } else if (char === '"' && text[place - 1] !== '\\') quote = char;
    else if (char === '[' || char === '{' || char === '(') depth += 1;
    else if (char === ']' || char === '}' || char === ')') {
      depth -= 1;
      if (depth === 0) return { end: place, closed: true };
    }
  }
  return { end: text.length, closed: false };
}

/** `…; User Id=`, `&x=`, `, host=`: the next name of a list. */
const NEXT_NAME = /[;&,][ \t]{0,4}(?:[A-Za-z_][\w.-]{0,40}(?: [A-Za-z][\w.-]{0,20}){0,2})[ \t]{0,2}[=:]/y;
const NEXT_ENCODED = /%26[\w.-]{1,40}%3D/iy;

/**
 * Where a value without quotes ends: at a blank; at a mark behind which the next name of a list stands; at a quote that
 * closes what is around it. Other marks belong to the value: passwords are full of them.
 */
export function findValueEnd(text: string, from: number, around: string, limit = text.length): number {
  let at = from;
  for (; at < limit; at += 1) {
    const code = text.charCodeAt(at);
    if (
      code > 0x40 &&
      code !== 0x5c &&
      code !== 0x60 &&
      code !== 0x7c &&
      code !== 0x7d &&
      code !== 0x5d &&
      code !== WORD_BREAK
    )
      continue;
    if (isSpace(code)) break;
    const char = text[at] as string;
    if ((char === ';' || char === '&' || char === ',') && isNextName(text, at)) break;
    if (char === '%' && isAt(NEXT_ENCODED, text, at)) break;
    if (char === '&' && text.startsWith('&quot;', at)) break;
    if (char === '<' && text[at + 1] === '/') break;
    if (QUOTES.includes(char) && endsHere(text, at, around)) break;
    if (char === '\\' && QUOTES.includes(text[at + 1] ?? ' ') && at > from) break;
  }
  return trimMarks(text, from, at);
}

const isNextName = (text: string, at: number) => isAt(NEXT_NAME, text, at);

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** A quote closes what is around the value when nothing of a word follows. */
function endsHere(text: string, at: number, around: string): boolean {
  if (text[at] === around) return true;
  const next = text[at + 1];
  return next === undefined || /[\s,;:)\]}>|&\u007f]/.test(next);
}

/** Marks at the end of a value are the sentence's or the list's. */
function trimMarks(text: string, from: number, end: number): number {
  let at = end;
  while (at > from + 1 && ',;)]}'.includes(text[at - 1] as string)) at -= 1;
  return at;
}
