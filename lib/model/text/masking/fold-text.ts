/** A text as a reader sees it, and where each of its characters stands in the text as it came. */
export interface FoldedText {
  text: string;
  /**
   * Of each character its place before folding, and at last the length before folding; `null`: nothing moved. Good until
   * the next text is folded.
   */
  places: Uint32Array | null;
}

/** What nobody sees: zero widths, directions, soft hyphens, variation selectors, marks between lines, control characters. */
const IGNORABLE: readonly (readonly [number, number])[] = [
  [0x00, 0x08],
  [0x0b, 0x0c],
  [0x0e, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
];
const ESCAPE = 0x1b;
/** Behind an ESC: `[31m` and its like, which a terminal takes for colours. */
const TERMINAL_SEQUENCE = /\[[0-?]{0,64}[ -/]{0,8}[@-~]|[ -/]{0,4}[0-OQ-WYZ\\^-~]/y;
const BELL = 0x07;
const MAX_TITLE = 256;
const MAX_FORMS = 4_096;
const SHARED = new Uint32Array(4_096);
const forms = new Map<number, string>();

/** Where words of a command meet; stays what it is. */
export const WORD_BREAK = 0x7f;

/**
 * Takes out what nobody sees and makes full-width, mathematical and other letters plain, so that `pass\0word` and
 * `ｐassword` are read as what they look like.
 */
export function foldText(text: string, isCommand: boolean): FoldedText {
  // Of most texts a few places are moved: they need no room of their own while they are read.
  const places = text.length < SHARED.length ? SHARED : new Uint32Array(text.length + 1);
  const parts: string[] = [];
  let count = 0;
  let keptFrom = 0;
  const keep = (until: number) => {
    if (until > keptFrom) parts.push(text.slice(keptFrom, until));
  };
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    if (isPlain(code) || (isCommand && code === WORD_BREAK)) {
      places[count] = at;
      count += 1;
      at += 1;
      continue;
    }
    const dropped = code === ESCAPE ? sequenceLength(text, at) : isIgnorable(code) ? width : 0;
    if (dropped > 0) {
      keep(at);
      at += dropped;
      keptFrom = at;
      continue;
    }
    const form = toForm(code);
    if (form.length !== width || form !== text.slice(at, at + width)) {
      keep(at);
      parts.push(form);
      keptFrom = at + width;
    }
    for (let index = 0; index < form.length; index += 1) places[count + index] = at;
    count += form.length;
    at += width;
  }
  if (parts.length === 0 && keptFrom === 0) return { text, places: null };
  keep(text.length);
  places[count] = text.length;
  return { text: parts.join(''), places };
}

const isPlain = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x09 || code === 0x0d;

const isIgnorable = (code: number): boolean =>
  IGNORABLE.some(([first, last]) => code >= first && code <= last);

function sequenceLength(text: string, at: number): number {
  if (text[at + 1] === ']') return titleLength(text, at);
  TERMINAL_SEQUENCE.lastIndex = at + 1;
  return TERMINAL_SEQUENCE.test(text) ? TERMINAL_SEQUENCE.lastIndex - at : 1;
}

/** `ESC ] 0 ; title BEL`. */
function titleLength(text: string, at: number): number {
  const last = Math.min(text.length, at + MAX_TITLE);
  for (let end = at + 2; end < last; end += 1) {
    const code = text.charCodeAt(end);
    if (code === BELL) return end + 1 - at;
    if (code === ESCAPE) return text[end + 1] === '\\' ? end + 2 - at : 1;
  }
  return 1;
}

/** The plain form where that is ASCII, and no longer than what it stands for; else the character itself. */
function toForm(code: number): string {
  const known = forms.get(code);
  if (known !== undefined) return known;
  const own = String.fromCodePoint(code);
  const folded = own.normalize('NFKC');
  const form = folded.length <= own.length && /^[\x20-\x7e]+$/.test(folded) ? folded : own;
  if (forms.size >= MAX_FORMS) forms.clear();
  forms.set(code, form);
  return form;
}
