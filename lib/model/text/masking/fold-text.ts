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
const SHARED_UNITS = new Uint16Array(4_096);
const forms = new Map<number, number>();

/** Where words of a command meet; stays what it is. */
export const WORD_BREAK = 0x7f;

/**
 * Takes out what nobody sees and makes full-width, mathematical and other letters plain, so that `pass\0word` and
 * `ｐassword` are read as what they look like.
 */
export function foldText(text: string, isCommand: boolean): FoldedText {
  // Of most texts a few places are moved: they need no room of their own while they are read.
  const places = text.length < SHARED.length ? SHARED : new Uint32Array(text.length + 1);
  const units = text.length < SHARED_UNITS.length ? SHARED_UNITS : new Uint16Array(text.length + 1);
  let count = 0;
  let moved = false;
  for (let at = 0; at < text.length; ) {
    const unit = text.charCodeAt(at);
    if (isPlain(unit) || (isCommand && unit === WORD_BREAK)) {
      places[count] = at;
      units[count] = unit;
      count += 1;
      at += 1;
      continue;
    }
    const code = text.codePointAt(at) ?? 0;
    const width = code > 0xffff ? 2 : 1;
    const dropped = code === ESCAPE ? sequenceLength(text, at) : isIgnorable(code) ? width : 0;
    if (dropped > 0) {
      at += dropped;
      moved = true;
      continue;
    }
    const form = canChange(code) ? toForm(code) : 0;
    if (form === 0) {
      for (let index = 0; index < width; index += 1) {
        places[count] = at;
        units[count] = text.charCodeAt(at + index);
        count += 1;
      }
    } else {
      for (let rest = form; rest > 0; rest >>>= 8) {
        places[count] = at;
        units[count] = rest & 0xff;
        count += 1;
      }
      moved = true;
    }
    at += width;
  }
  if (!moved) return { text, places: null };
  places[count] = text.length;
  return { text: toText(units, count), places };
}

const CHUNK = 8_192;

function toText(units: Uint16Array, count: number): string {
  let text = '';
  for (let at = 0; at < count; at += CHUNK)
    text += String.fromCharCode(...units.subarray(at, Math.min(count, at + CHUNK)));
  return text;
}

const isPlain = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x09 || code === 0x0d;

const IGNORED = new Uint8Array(0x1_0000);
for (const [first, last] of IGNORABLE) IGNORED.fill(1, first, Math.min(last, 0xffff) + 1);

const isIgnorable = (code: number): boolean =>
  code <= 0xffff ? IGNORED[code] === 1 : code >= 0xe0000 && code <= 0xe0fff;

/** Letters of most languages, and of Chinese, Japanese and Korean, are no other way to write plain ones. */
const canChange = (code: number): boolean =>
  !((code >= 0x380 && code < 0x1d2c) || (code > 0x3000 && code < 0xa7f1) || (code > 0xa7f4 && code < 0xfb29));

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

/** The plain form, one or two characters of ASCII in one number, the first lowest; 0: it has none. */
function toForm(code: number): number {
  const known = forms.get(code);
  if (known !== undefined) return known;
  const own = String.fromCodePoint(code);
  const folded = own.normalize('NFKC');
  const isAscii = folded.length <= own.length && /^[\x20-\x7e]+$/.test(folded);
  const form = isAscii ? folded.charCodeAt(0) | ((folded.charCodeAt(1) || 0) << 8) : 0;
  if (forms.size >= MAX_FORMS) forms.clear();
  forms.set(code, form);
  return form;
}
