import { isPlaceholder, isVariable } from './prose.ts';
import { findQuoteEnd, findValueEnd, readQuote } from './value-ends.ts';

/** "Password" as others write it, with letters that the walk over names does not know, and what stands behind it. */
const NAMES =
  /(?:парол[ья]|密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|contraseña|clé secrète|hasło|şifre(?:si)?|lösenord|jelszó|κωδικός|סיסמה|كلمة (?:المرور|السر))["'”»]?[ \t]{0,4}[:=][ \t]{0,4}/giu;
const MAX_LOOK = 160;
/** Of more, what is behind is hidden: no text has so many. */
const MAX_PLACES = 2_000;

/** Pairs of beginning and end of what stands behind such a name. One walk; only for texts that are not plain ASCII. */
export function findForeign(text: string): number[] {
  const spans: number[] = [];
  NAMES.lastIndex = 0;
  for (let found = NAMES.exec(text); found !== null; found = NAMES.exec(text)) {
    if (spans.length > MAX_PLACES) return [...spans, NAMES.lastIndex, text.length];
    const quote = readQuote(text, NAMES.lastIndex);
    const from = quote === null ? NAMES.lastIndex : quote.from;
    const end = quote === null ? findValueEnd(text, from, '') : findQuoteEnd(text, quote).end;
    NAMES.lastIndex = Math.max(NAMES.lastIndex, end);
    const value = text.slice(from, Math.min(end, from + MAX_LOOK));
    if (value !== '' && !/^(?:\{\{|\$)/.test(value) && !isPlaceholder(value) && !isVariable(value))
      spans.push(from, end);
  }
  return spans;
}
