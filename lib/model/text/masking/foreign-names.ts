import { findOwned } from './owned-values.ts';
import { isPlaceholder, isVariable, looksSecret } from './prose.ts';
import { mergeSpans } from './scan.ts';
import { findQuoteEnd, findValueEnd, readQuote } from './value-ends.ts';

/** "Password" as others write it, with letters that the walk over names does not know, and what stands behind it. */
const NAMES =
  /(?:парол[ьяа]?|лозинка|密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|contraseña|clé secrète|hasło|şifre(?:si)?|lösenord|jelszó|lykilorð|slaptažodis|parolă|mật khẩu|κωδικός|סיסמה|كلمة (?:المرور|السر)|رمز عبور|گذرواژه|रहस्य|पासवर्ड|รหัสผ่าน|գաղտնաբառ|პაროლი|құпия сөз)["'”»]?(?:[ \t]{0,4}(?:是|为|為|は|は、|는|은|이|を|:|=){1,2}[ \t]{0,4}|[ \t]{1,4}(?:es|é|est|är|jest|je|—|-|это)[ \t]{1,4})[「『“]?/giu;
/** Behind a word, and not behind a sign, only what looks like one. */
const SIGNED = /[:=][^:=]{0,8}$|[「『“]$/;
const MAX_LOOK = 160;
/** Of more, what is behind is hidden: no text has so many. */
const MAX_PLACES = 2_000;

/** Those of languages that put words between a name and its sign. */
const OWNED =
  /(?:парол[ьяа]|лозинка|contraseña|hasło|şifre(?:si)?|lösenord|jelszó|lykilorð|slaptažodis|parolă|mật khẩu|κωδικός)(?=[ \t])/giu;

/** Pairs of beginning and end of what stands behind such a name. One walk; only for texts that are not plain ASCII. */
export function findForeign(text: string): number[] {
  const spans: number[] = [];
  for (const { 0: name, index } of text.matchAll(OWNED)) {
    if (spans.length > MAX_PLACES) break;
    const owned = findOwned(text, index, index + name.length);
    if (owned !== null && owned.from >= (spans.at(-1) ?? 0)) spans.push(owned.from, owned.end);
  }
  if (spans.length > 0) return mergeSpans([...spans, ...findNear(text)]);
  return findNear(text);
}

function findNear(text: string): number[] {
  const spans: number[] = [];
  NAMES.lastIndex = 0;
  for (let found = NAMES.exec(text); found !== null; found = NAMES.exec(text)) {
    if (spans.length > MAX_PLACES) return [...spans, NAMES.lastIndex, text.length];
    const quote = readQuote(text, NAMES.lastIndex);
    const from = quote === null ? NAMES.lastIndex : quote.from;
    const end = quote === null ? findValueEnd(text, from, '') : findQuoteEnd(text, quote).end;
    NAMES.lastIndex = Math.max(NAMES.lastIndex, end);
    const value = text.slice(from, Math.min(end, from + MAX_LOOK));
    const isSigned = SIGNED.test(found[0]);
    const cut = value.search(/[」』”]/);
    if (cut > 0 && isSigned) {
      spans.push(from, from + cut);
      continue;
    }
    if (!isSigned && !looksSecret(value)) continue;
    if (value !== '' && !/^(?:\{\{|\$)/.test(value) && !isPlaceholder(value) && !isVariable(value))
      spans.push(from, end);
  }
  return spans;
}
