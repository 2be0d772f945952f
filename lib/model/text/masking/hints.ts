import { WORD_BREAK } from './fold-text.ts';

/**
 * Whether a text has anything that could be a secret: most have not, and cost this one look. Four letters of each word
 * that a secret is known by are in a table; a text without any of them, whatever the case, holds none.
 */
export interface Hints {
  /**
   * @param kind `folded`: it is what it seems; `words`: a command, with its words' ends in it
   * @returns how many hints it has; -1: it has characters that are not what they seem, and must be folded first
   */
  count(text: string, kind: 'raw' | 'folded' | 'words'): number;
  /** Where the hints of the text that was counted last end, in order, and behind them what is larger than any place. */
  readonly ends: Uint32Array;
}

const LETTERS = 5;
/** `user:secret@host`: each of these is a hint. */
const AT = 29;
const NO_PLACE = 0xffffffff;
const GRAM_MASK = (1 << (4 * LETTERS)) - 1;

/** A letter is itself, whatever its case; digits and the rest are distinguished roughly. */
const CLASS = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const char = String.fromCharCode(code).toLowerCase();
  if (char >= 'a' && char <= 'z') CLASS[code] = char.charCodeAt(0) - 0x60;
  else if (char >= '0' && char <= '9') CLASS[code] = 27;
  else if (char === '-' || char === '_') CLASS[code] = 28;
  else if (char === '@') CLASS[code] = AT;
  else if (char === ' ' || char === '\t') CLASS[code] = 30;
  else if (char === ':') CLASS[code] = 0;
  else CLASS[code] = 31;
}

/** The letters of English, the frequent ones first: a hint is made of rare ones. */
const FREQUENT = 'etaoinsrhldcumfpgwybvkxjqz';
/** Frequent in logs all the same. */
const IN_LOGS = new Set(
  `http user node cont serv requ resp conn info erro warn time date data stat load read writ chec host port path file line
  name type valu test main comp conn expe ysql mysq kube apps quer post back keep work book pres prod tory sess`.split(
    /\s+/,
  ),
);

/** The four letters of a word that other texts have the least. */
export function pickHint(word: string): string {
  if (word.length < 4) return word.length === 3 ? word : `^${word} `;
  let best = word.slice(0, 4);
  for (let at = 1; at + 4 <= word.length; at += 1) {
    const gram = word.slice(at, at + 4);
    if (rarity(gram) > rarity(best)) best = gram;
  }
  return best;
}

const rarity = (gram: string): number =>
  IN_LOGS.has(gram) ? 0 : [...gram].reduce((sum, char) => sum + rank(char), 0);

/** Digits are all the same here, and frequent. */
const rank = (char: string): number =>
  /\d/.test(char) ? 0 : FREQUENT.includes(char) ? FREQUENT.indexOf(char) : 16;

/**
 * @param words each marks a secret. `^` before a word: only where no letter or digit stands before it. Shorter ones than
 * four characters are followed by no letter, or by a word's own characters where they end in `*`. `#` is any digit, `@` any letter.
 */
export function createHints(words: readonly string[], maxChars: number): Hints {
  const ends = new Uint32Array(maxChars + 1);
  // A bit each: the table stays in a core's cache, and each process keeps it.
  const grams = new Uint32Array(1 << (4 * LETTERS - 5));
  const add = (gram: number) => {
    grams[gram >>> 5] = (grams[gram >>> 5] as number) | (1 << (gram & 31));
  };
  for (let gram = AT; gram <= GRAM_MASK; gram += 1 << LETTERS) add(gram);
  for (const word of words) for (const gram of spread(word.toLowerCase())) add(gram);
  return {
    ends,
    count(text, kind) {
      let gram = GRAM_MASK;
      let count = 0;
      for (let at = 0; at < text.length; at += 1) {
        let code = text.charCodeAt(at);
        // Where words of a command meet there is a blank to whoever reads it.
        if (code === WORD_BREAK && kind === 'words') code = 0x20;
        if (code > 126 || (code < 32 && code !== 10 && code !== 9 && code !== 13)) {
          if (kind !== 'folded') return -1;
          gram = GRAM_MASK;
          continue;
        }
        gram = ((gram << LETTERS) | (CLASS[code] as number)) & GRAM_MASK;
        if (((grams[gram >>> 5] as number) >>> (gram & 31)) & 1) {
          ends[count] = at;
          count += 1;
        }
      }
      ends[count] = NO_PLACE;
      return count;
    },
  };
}

const NO_LETTER = [0, 27, 28, AT, 30, 31];
const NO_ALNUM = [0, 28, AT, 30, 31];
const ANY_LETTER = Array.from({ length: 26 }, (_, index) => index + 1);
const OF_A_WORD = [27, 28, ...ANY_LETTER];

function spread(word: string): number[] {
  let codes = [0];
  const isOpen = word.endsWith('*');
  const chars = isOpen ? word.slice(0, -1) : word;
  for (let index = 0; index < 4; index += 1) {
    const classes = toClasses(chars[index], isOpen);
    codes = codes.flatMap((code) => classes.map((one) => (code << LETTERS) | one));
  }
  return codes;
}

function toClasses(char: string | undefined, isOpen: boolean): readonly number[] {
  if (char === undefined) return isOpen ? OF_A_WORD : NO_LETTER;
  if (char === '^') return NO_ALNUM;
  if (char === '#') return [27];
  if (char === '@') return ANY_LETTER;
  return [CLASS[char.charCodeAt(0)] ?? 31];
}
