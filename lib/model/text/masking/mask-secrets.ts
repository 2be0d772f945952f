import { findBareKeys } from './bare-keys.ts';
import { CLIENT_NAMES } from './clients.ts';
import { findSecrets } from './find-secrets.ts';
import { type FoldedText, foldText, WORD_BREAK } from './fold-text.ts';
import { findForeign } from './foreign-names.ts';
import { createHints, pickHint } from './hints.ts';
import { findMadeKeys } from './made-keys.ts';
import { PHRASE_WORDS } from './phrases.ts';
import { mergeSpans } from './scan.ts';
import { SHAPE_HINTS } from './token-shapes.ts';
import { NOTIFIER_NAMES } from './urls.ts';

/** What stands where a secret stood. */
export const MASK = '•••';

/** Texts are looked at up to here, and what is behind is left out: nothing that is shown is longer. */
export const MAX_MASKED_CHARS = 65_536;

/** Finds what else is to be masked, in time that grows with the text alone. */
export interface MaskPattern {
  /** Pairs of beginning and end, in order; none is empty. */
  find(text: string): number[];
}

/** How names of secrets begin or end, and what else marks one. Three letters: nothing of a word follows. */
const HINTS = createHints(
  [
    ...`passw pass kennw motde mdp contras senha wacht adga remem persi asser lyki lozi gesl slap pasah kata matk wagw clav kodeord segr eheim hesl hasl paro sala jels sifr lose pwd pswd psw ^pw ^pin ^otp totp psk secr toke cred keys key bear cook jwt
    csrf xsrf mnem seedp sess sid= sid: ser= rnam auth sig= sign hmac salt= salt: pepp lice ^dsn code= appid ^sas= ^sas: hash= apikey
    passp passc passk pass1 hook slac isco eleg ffic zapi iftt eish arks hc-p nosn cron ckly scak bett gerd pedr ^pus ##:@ ##:- ##:_ #q~@ #q~# dpw tpw rpw apr# $#y$ $#b$ tick saml oaut umol oggl`.split(
      /\s+/,
    ),
    ...CLIENT_NAMES.filter((name) => !/^https?$/.test(name)).map(pickHint),
    ' -p ',
    ' -u ',
    ' -a ',
    ' -w ',
    ' -t ',
    ' -k ',
    ' -s ',
    ' -p@',
    'pdo(',
    'ect(',
    'ypt(',
    '<<< ',
    'hpw(',
    'kpw(',
    'sqli',
    'ttp ',
    'tps ',
    'ssha',
    'sha}',
    'md5}',
    'ypt}',
    'df2-',
    'df2}',
    'df2_',
    'df2:',
    'ypt:',
    'ypt$',
    'ha1$',
    'md5$',
    ':$#$',
    ':$h$',
    ':$y$',
    ':$gy',
    ':$p$',
    'gon2',
    '###~',
    'text}',
    'ain}',
    'ear}',
    ']:##',
    '*:*:',
    '##:.',
    'tlas',
    'jfro',
    'ommu',
    ...PHRASE_WORDS.map(pickHint),
    ...SHAPE_HINTS,
    ...NOTIFIER_NAMES.map((name) => `${name}:`.slice(-4)),
  ],
  MAX_MASKED_CHARS + 1,
);

/**
 * The text with its obvious secrets, and what `more` finds, replaced by {@link MASK}. Takes time that grows with the
 * length alone; a text longer than {@link MAX_MASKED_CHARS} is cut there. A secret that the cut (or an earlier one)
 * leaves without an end is hidden to the end.
 */
export function maskSecrets(text: string, more: readonly MaskPattern[] = []): string {
  const cut = text.length > MAX_MASKED_CHARS ? text.slice(0, MAX_MASKED_CHARS) : text;
  const spans = findAllSecrets(cut, more, false);
  return spans.length === 0 ? cut : replaceSpans(cut, spans);
}

/** Pairs of beginning and end, in order and apart. `isCommand`: words, with {@link WORD_BREAK} between them. */
export function findAllSecrets(text: string, more: readonly MaskPattern[], isCommand: boolean): number[] {
  const own = findOwn(text, isCommand);
  const others = more.flatMap((pattern) => pattern.find(text));
  return others.length === 0 ? own : mergeSpans([...own, ...others]);
}

const NONE: readonly number[] = [];

function findOwn(text: string, isCommand: boolean): number[] {
  const bodies = findBodies(text, KEY_END, IS_PRIVATE);
  const bare = isCommand ? NONE : findBareKeys(text);
  const made = findMadeKeys(text);
  const own = findRest(text, isCommand);
  // The code itself is known by its name.
  const putty = own.length === 0 ? NONE : findBodies(text, PUTTY_END, ANY);
  return bodies.length + bare.length + made.length + putty.length === 0
    ? own
    : mergeSpans([...bodies, ...bare, ...made, ...putty, ...own]);
}

const PUTTY_END = 'Private-MAC:';
const ANY = /(?:)/y;

/** What stands before `-----END … PRIVATE KEY-----` or before a PuTTY key's code, whose beginning may be cut off. */
function findBodies(text: string, mark: string, rest: RegExp): number[] {
  const spans: number[] = [];
  for (let end = text.indexOf(mark); end >= 0; end = text.indexOf(mark, end + mark.length)) {
    rest.lastIndex = end + mark.length;
    if (!rest.test(text)) continue;
    const least = spans.at(-1) ?? 0;
    let from = end;
    while (from > least && OF_KEY.test(text[from - 1] ?? '')) from -= 1;
    if (end - from >= MIN_KEY) spans.push(from, end);
  }
  return spans;
}
const KEY_END = '-----END';
const IS_PRIVATE = /[ _][A-Z0-9 _]{0,40}(?:PRIVATE|SECRET)[ _]KEY/y;
/** Base64 and the ends of its lines, as they are or as a program writes them. */
const OF_KEY = /[A-Za-z0-9+/=\s\\]/;
const MIN_KEY = 16;

function findRest(text: string, isCommand: boolean): number[] {
  const count = HINTS.count(text, isCommand ? 'words' : 'raw');
  if (count === 0 && !endsInAddress(text)) return [];
  if (count >= 0) return findSecrets(text, HINTS.ends);
  const folded = foldText(text, isCommand);
  const foreign = findForeign(folded.text);
  const isPlain = HINTS.count(folded.text, 'folded') === 0 && !endsInAddress(folded.text);
  const own = isPlain ? [] : findSecrets(folded.text, HINTS.ends);
  const spans = foreign.length === 0 ? own : mergeSpans([...own, ...foreign]);
  return folded.places === null ? spans : unfold(spans, folded, text);
}

const MAX_ADDRESS = 300;

/** An address that the text ends in may be cut off before the `@` that would show its password. */
function endsInAddress(text: string): boolean {
  const at = text.indexOf('//', Math.max(0, text.length - MAX_ADDRESS));
  if (at < 0) return false;
  for (let place = at; place < text.length; place += 1) if (text.charCodeAt(place) <= 0x22) return false;
  return text.includes(':', at + 2);
}

/** Places of the folded text, in the text as it came. */
function unfold(spans: readonly number[], { places }: FoldedText, text: string): number[] {
  if (places === null) return [...spans];
  return spans.map((place, index) => {
    if (index % 2 === 0) return places[place] ?? text.length;
    const last = places[place - 1] ?? text.length;
    return last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
  });
}

function replaceSpans(text: string, spans: readonly number[]): string {
  let result = '';
  let at = 0;
  for (let index = 0; index + 1 < spans.length; index += 2) {
    const from = Math.max(at, spans[index] ?? 0);
    const end = Math.max(from, spans[index + 1] ?? 0);
    result += text.slice(at, from) + MASK;
    at = end;
  }
  return result + text.slice(at);
}
