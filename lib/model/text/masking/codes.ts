import { one, type PhraseReader } from './read-value.ts';

/** Codes that open something once, by what they are for: `verification code: 482913`. */

const readCode: PhraseReader = (text, _at, end) => {
  CODE.lastIndex = end;
  if (!CODE.test(text)) return null;
  return readDigits(text, CODE.lastIndex);
};
const CODE =
  /[ \t_-]?(?:pass)?codes?["']?(?:[ \t]{0,4}[=:]{1,2}[ \t]{0,4}|[ \t]{1,4}(?:(?:is|was)(?::|[ \t])[ \t]{0,4})?)["']?/iy;

/** `enter the code HTQX9BLPM`. */
const readEntered: PhraseReader = (text, _at, end) => {
  ENTERED.lastIndex = end;
  if (!ENTERED.test(text)) return null;
  return readDigits(text, ENTERED.lastIndex);
};
const ENTERED = /[ \t]{1,4}(?:the|this)(?:[ \t]{1,4}(?:following|\w{1,16}))?[ \t]{1,4}code[: \t]{1,4}["']?/iy;

function readDigits(text: string, from: number) {
  VALUE.lastIndex = from;
  if (!VALUE.test(text)) return null;
  let end = VALUE.lastIndex;
  for (let count = 1; count < MAX_CODES; count += 1) {
    NEXT.lastIndex = end;
    if (!NEXT.test(text)) break;
    VALUE.lastIndex = NEXT.lastIndex;
    if (!VALUE.test(text)) break;
    end = VALUE.lastIndex;
  }
  return one(from, end);
}
/** `Recovery codes: a1b2-c3d4, e5f6-g7h8`: so many are given at once. */
const MAX_CODES = 20;
const NEXT = /[,;][ \t]{0,4}|\n[ \t]{0,8}/y;
const VALUE =
  /(?:\d{4,10}|\d{2,4}(?:[- ]\d{2,4}){1,3}|[A-Z0-9]{3,8}-[A-Z0-9]{3,8}|(?=[a-z-]{0,9}\d)[a-z0-9]{3,8}(?:-[a-z0-9]{3,8}){1,3}|(?=[A-Z]{0,11}\d)[A-Z0-9]{6,12}|[BCDFGHJKLMNPQRSTVWXZ]{8})(?![\w-])/y;

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
function readJoined(text: string, _at: number, end: number) {
  JOINED.lastIndex = end;
  return JOINED.test(text) ? readDigits(text, JOINED.lastIndex) : null;
}
const JOINED = /["']?[ \t]{0,4}[=:]{1,2}[ \t]{0,4}["']?/y;

/** `verificationCode` → `verification-code`; as it is where it is none. */
export function toCodeName(run: string): string {
  const found = /^([A-Za-z\d]{2,16}(?:[-_][A-Za-z]{2,8})?)(?:[-_]c|C)ode$/.exec(run)?.[1];
  return found === undefined ? run : `${found.replaceAll('_', '-').toLowerCase()}-code`;
}
