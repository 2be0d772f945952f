import { looksSecret } from './prose.ts';
import { one, type Phrase, type PhraseReader, readValue } from './read-value.ts';
import { findLineEnd } from './value-ends.ts';

/** Codes that open something once, by what they are for (`verification code: 482913`), and the words of seeds. */

/** `login code: 1045` is an error's; `your login code: 1045` is somebody's. */
export const readLoginCode: PhraseReader = (text, at, end) => {
  const found = readCode(text, at, end);
  return found === null || isYours(text, at) || !isErrorCode(text, found.spans) ? found : null;
};
const isYours = (text: string, at: number): boolean => /\byour $/i.test(text.slice(Math.max(0, at - 6), at));
/** Too short for one that opens something, where errors have numbers, too. */
const isErrorCode = (text: string, [from, to]: readonly number[]): boolean =>
  /^\d{1,5}$/.test(text.slice(from, Math.min(to ?? 0, (from ?? 0) + 6)));

export const readCode: PhraseReader = (text, at, end) => {
  CODE.lastIndex = end;
  if (CODE.test(text)) {
    const found = readDigits(text, CODE.lastIndex, text[end + 5] === 's' ? NEXT_OF_MANY : NEXT);
    if (found !== null) return found;
  }
  CODES.lastIndex = end;
  return CODES.test(text) ? readLines(text, CODES.lastIndex) : readBefore(text, at, end);
};

/** `G-482913 is your verification code`. */
function readBefore(text: string, at: number, end: number): Phrase | null {
  if (!/^[ \t]code(?!\w)/i.test(text.slice(end, end + 6))) return null;
  const code = YOUR.exec(text.slice(Math.max(0, at - 64), at));
  if (code?.[1] === undefined) return null;
  const from = at - code[0].length + code[0].indexOf(code[1]);
  return { spans: [from, from + code[1].length], until: end };
}
const YOUR = /(?:^|[\s"'(>])(?:[A-Z]{1,2}-)?(\d{4,8}) (?:is|as) (?:your|the) (?:[\w-]{2,20} ){0,2}$/i;
const CODES = /[ \t_-](?:pass)?codes[^:\n]{0,60}:(?=[ \t]{0,8}\r?\n)/iy;
/** Codes alone on their lines, perhaps with numbers before them. */
function readLines(text: string, from: number): Phrase | null {
  const spans: number[] = [];
  let at = from;
  while (spans.length < 2 * MAX_CODES) {
    LINE.lastIndex = at;
    if (!LINE.test(text)) break;
    VALUE.lastIndex = LINE.lastIndex;
    if (!VALUE.test(text) || !LINE_END.test(text.slice(VALUE.lastIndex, VALUE.lastIndex + 12))) break;
    at = VALUE.lastIndex;
    spans.push(LINE.lastIndex, at);
  }
  return spans.length === 0 ? null : { spans, until: at };
}
const LINE = /(?:[ \t]{0,8}\r?\n){1,2}[ \t]{0,8}(?:(?:\d{1,2}[.):]|[-*•])[ \t]{1,4})?/y;
const LINE_END = /^[ \t]{0,8}(?:\r|\n|$)/;
const CODE =
  /[ \t_-]?(?:pass)?codes?["']?(?:[ \t]{1,4}(?:for|to)[ \t]{1,4}[^\s:=]{1,64}(?=[ \t]{0,4}[:=]|[ \t]{1,4}(?:is|was)(?!\w)))?(?:[ \t]{0,4}[=:]{1,2}[ \t]{0,4}|[ \t]{1,4}(?:(?:is|was)(?::|[ \t])[ \t]{0,4})?)["']?/iy;

/** `OAuth code … for client web`. */
export const readGrantCode: PhraseReader = (text, _at, end) => {
  GRANT.lastIndex = end;
  if (!GRANT.test(text)) return null;
  const { from, end: until } = readValue(text, GRANT.lastIndex);
  return looksSecret(text.slice(from, Math.min(until, from + 160))) ? one(from, until) : null;
};
const GRANT = /[ \t_-]?code["']?(?:[ \t]{0,4}[=:][ \t]{0,4}|[ \t]{1,4}(?:is[ \t]{1,4})?)(?=\S)/iy;

/** `enter the code HTQX9BLPM`. */
const readEntered: PhraseReader = (text, _at, end) => {
  ENTERED.lastIndex = end;
  if (!ENTERED.test(text)) return null;
  return readDigits(text, ENTERED.lastIndex);
};
const ENTERED = /[ \t]{1,4}(?:the|this)(?:[ \t]{1,4}(?:following|\w{1,16}))?[ \t]{1,4}code[: \t]{1,4}["']?/iy;

function readDigits(text: string, from: number, next = NEXT): Phrase | null {
  VALUE.lastIndex = from;
  if (!VALUE.test(text)) return null;
  let end = VALUE.lastIndex;
  for (let count = 1; count < MAX_CODES; count += 1) {
    next.lastIndex = end;
    if (!next.test(text)) break;
    VALUE.lastIndex = next.lastIndex;
    if (!VALUE.test(text)) break;
    end = VALUE.lastIndex;
  }
  return one(from, end);
}
/** `Recovery codes: a1b2-c3d4, e5f6-g7h8`: so many are given at once. */
const MAX_CODES = 20;
const NEXT = /[,;][ \t]{0,4}|\n[ \t]{0,8}/y;
/** `backup codes: 87654321 12345678`. */
const NEXT_OF_MANY = /[,;][ \t]{0,4}|\n[ \t]{0,8}|[ \t]{1,4}/y;
const VALUE =
  /(?:\d{4,10}|\d{2,4}(?:[- ]\d{2,4}){1,3}|[A-Z0-9]{3,8}-[A-Z0-9]{3,8}|(?=[a-z-]{0,9}\d)[a-z0-9]{3,8}(?:-[a-z0-9]{3,8}){1,3}|(?=[A-Z]{0,11}\d)[A-Z0-9]{6,12}|[BCDFGHJKLMNPQRSTVWXZ]{8}|(?=[A-Za-z]{0,15}\d)(?=[A-Z\d]{0,15}[a-z])(?=[a-z\d]{0,15}[A-Z])[A-Za-z\d]{6,32})(?![\w-])/y;

const FOR =
  `otp totp 2fa mfa verification one-time security sms pairing device setup unlock sign-in signin confirmation
  passcode authentication authorization activation invite invitation pin linking recovery backup scratch two-factor`.split(
    /\s+/,
  );

/** What a code is for. */
export const CODE_READERS: readonly (readonly [string, PhraseReader])[] = [
  ...FOR.flatMap((word) => [[word, readCode] as const, [`${word}-code`, readJoined] as const]),
  ['enter', readEntered],
];

/** `verification_code=…`, `mfaCode: …` are one run. */
function readJoined(text: string, at: number, end: number) {
  JOINED.lastIndex = end;
  const found = JOINED.test(text) ? readDigits(text, JOINED.lastIndex) : null;
  return found !== null && /^(?:device|auth)/i.test(text.slice(at, at + 6)) && isErrorCode(text, found.spans)
    ? null
    : found;
}
const JOINED = /["']?[ \t]{0,4}[=:]{1,2}[ \t]{0,4}["']?/y;

/** `verificationCode` → `verification-code`; as it is where it is none. */
export function toCodeName(run: string): string {
  const found = /^([A-Za-z\d]{2,16}(?:[-_][A-Za-z]{2,8})?)(?:[-_]c|C)ode$/.exec(run)?.[1];
  return found === undefined ? run : `${found.replaceAll('_', '-').toLowerCase()}-code`;
}

/** `seed: twelve words …`. */
export const readTwelve: PhraseReader = (text, _at, end) => {
  TWELVE.lastIndex = end;
  if (!TWELVE.test(text)) return null;
  const from = TWELVE.lastIndex;
  const words = SHORT.exec(text.slice(from, from + MAX_SEED))?.[0].split(/[ \t]/) ?? [];
  if (words.length % 3 !== 0 || words.length > 24 || words.some((word) => NOT_IN_SEEDS.has(word)))
    return null;
  return one(from, findLineEnd(text, from));
};
/** 24 words of eight letters, and one more. */
const MAX_SEED = 25 * 9;
const SHORT = /^[a-z]{3,8}(?:[ \t][a-z]{3,8}(?![a-z]))*/;
/** Sentences have one of these; the list that seeds are made from has none. */
const NOT_IN_SEEDS: ReadonlySet<string> = new Set(
  'the and with for are was were has had have not but from our your his her its all any been into some'.split(
    ' ',
  ),
);
const TWELVE =
  /["']?(?:[ \t]{0,4}[:=][ \t]{0,4}["']?|[ \t]{1,4}["'])(?=(?:[a-z]{3,8}[ \t]){11}[a-z]{3,8}(?![a-z]))/y;
