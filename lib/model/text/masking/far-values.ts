import { looksMade } from './made-keys.ts';
import type { SecretName } from './names.ts';
import { isOfOperations, isVersion } from './operations-words.ts';
import { isPlaceholder, isSentenceWord, isVariable, looksRandom, looksSecret } from './prose.ts';
import { readValue } from './read-value.ts';
import { isTalk } from './said-words.ts';
import { endOfLine, type Scan } from './scan.ts';
import { findLineEnd, findQuoteEnd, findValueEnd, isBlank, readQuote, skipSpaces } from './value-ends.ts';

/** Values that stand away from their name: on the line below, behind `old=` and `new=`, later in the sentence. */

const MAX_LOOK = 160;

/** `Password for the elastic user (reset with …):`, `The token is on the line below.`, and the secret alone there. */
export function maskBelow(scan: Scan, end: number, name: SecretName): boolean {
  const { text, lineAt } = scan;
  if (!isBlank(text.charCodeAt(end)) && text[end] !== ':') return maskAnswer(scan, end, name);
  const lineEnd = endOfLine(scan, end);
  if (lineEnd >= text.length || lineEnd - end > MAX_LOOK) return false;
  const line = text.slice(Math.max(lineAt, lineEnd - MAX_LOOK), lineEnd);
  const isBelow = BELOW.test(line);
  if (!/:\s*$/.test(line) && !isBelow) return false;
  if (name.kind !== 'password' && (PUBLIC.test(line) || name.kind === 'header')) return false;
  const from = skipSpaces(text, lineEnd);
  const until = findLineEnd(text, from, from + MAX_LOOK);
  const word = text.slice(from, until).trimEnd();
  if (
    !isAlone(word) ||
    !(isSecretBelow(word, name) || (isGiven(line) && isUnsaid(word)) || isMadeBelow(word, line))
  )
    return false;
  scan.spans.push(from, from + word.length);
  scan.at = from + word.length;
  return true;
}

/** What a shell of Python or Node answers: `>>> settings.PASSWORD`, and what is quoted on the next line. */
function maskAnswer(scan: Scan, end: number, name: SecretName): boolean {
  const { text } = scan;
  const from = skipSpaces(text, end);
  NUMBERED.lastIndex = end;
  if (NUMBERED.test(text)) {
    const listed = readQuote(text, NUMBERED.lastIndex - 1);
    const until = listed === null ? 0 : findQuoteEnd(text, listed).end;
    if (listed === null || until === listed.from) return false;
    scan.spans.push(listed.from, until);
    scan.at = until;
    return true;
  }
  const quote = name.kind === 'password' && text.charCodeAt(end) === 0x0a ? readQuote(text, from) : null;
  if (quote === null) return false;
  const { end: until, closed } = findQuoteEnd(text, quote);
  if (!closed || until - from > MAX_LOOK || !/^.(?:\s|$)/.test(text.slice(until, until + 2))) return false;
  scan.spans.push(quote.from, until);
  scan.at = until;
  return true;
}

/** Redis: `1) "requirepass"`, and `2) "…"` on the next line. */
const NUMBERED = /"\r?\n[ \t]{0,8}\d{1,4}\) "/y;

const BELOW = /\b(?:below|next line|following line|line below|as follows)\b[^:\n]{0,40}[:.]?\s*$/i;
/** `Your new password is below:`, but no `Services that use the secret below:`. */
const isGiven = (line: string): boolean => GIVEN.test(line) && !LISTED.test(line);
const GIVEN = /\b(?:given|generated|initial|temporary|one-time|default|your|new)\b/i;
const LISTED =
  /\b(?:users|accounts|services|nodes|hosts|members|tasks|containers)\b|\bfollowing\b(?![ \t]line)/i;
const PUBLIC =
  /public|fingerprint|digest|hash|commit|image|container|checksum|\bid\b|revoked|expired|unknown|missing/i;
const isAlone = (word: string): boolean => word.length >= 4 && word.length < 130 && !/\s/.test(word);

const isSecretBelow = (word: string, name: SecretName): boolean =>
  name.kind === 'password' ? looksSecret(word) : looksRandom(word) && !/[/:]/.test(word);

/** `enrollment token (valid for the next 30 minutes):`, and small letters and digits below. */
const isMadeBelow = (word: string, line: string): boolean =>
  /valid|expires|enroll?ment|copy|save/i.test(line) && /^(?=[a-z]*\d)(?=\d*[a-z])[a-z\d]{20,128}$/.test(word);

/** No word that is said of secrets, and no mark of a list or a frame. */
const isUnsaid = (word: string): boolean =>
  /^[A-Za-z0-9][^\s:=(){}[\]<>/]{3,}$/.test(word) &&
  !isSentenceWord(word) &&
  !isTalk(word) &&
  !isOfOperations(word) &&
  !SHOUTED.test(word) &&
  !/\.(?:\w{1,5})$/.test(word);

/** What a log or a database says in capitals at the beginning of a line. */
const SHOUTED =
  /^(?:INFO|WARN|DEBUG|FATAL|TRACE|NOTICE|PANIC|CRITICAL|SEVERE|ALERT|EMERG|COMMIT|BEGIN|ROLLBACK|SELECT|ALTER|INSERT|QUIT|EXIT)$/;

/** `password changed: old=… new=…`. */
export function maskChange(scan: Scan, end: number, name: SecretName): boolean {
  const { text } = scan;
  if (!isBlank(text.charCodeAt(end)) && text[end] !== ':' && text[end] !== '"') return false;
  const rest = text.slice(end, Math.min(endOfLine(scan, end), end + MAX_LOOK));
  if (!rest.includes('=') && !rest.includes('->') && !rest.includes(':')) return false;
  if (maskQuotedArrow(scan, end, name) || (name.kind === 'password' && maskArrow(scan, end))) return true;
  let at = end;
  let found = false;
  const first = FIRST.exec(text.slice(end, end + 24))?.[1] ?? 'changed';
  if (isOther(first) && !/ed$/.test(first)) return false;
  CHANGE.lastIndex = at;
  for (let count = 0; count < MAX_CHANGES && CHANGE.test(text); count += 1) {
    const from = CHANGE.lastIndex;
    const value = readValue(text, from);
    const word = text.slice(value.from, Math.min(value.end, value.from + MAX_LOOK));
    const isTold = isPlaceholder(word) || isVariable(word) || isSentenceWord(word) || isOther(word);
    if (value.end > value.from && !isTold && !/^\d{1,3}$|^\d{4}-\d\d/.test(word)) {
      if (name.kind === 'password' || (looksSecret(word) && !isVersion(word))) {
        scan.spans.push(value.from, value.end);
        found = true;
      }
    }
    at = value.quoted ? value.end + 1 : value.end;
    CHANGE.lastIndex = at;
  }
  if (found) scan.at = at;
  return found;
}
/** `password … -> …`. */
function maskArrow(scan: Scan, end: number): boolean {
  ARROW.lastIndex = end;
  const [, before = '', arrow = '', after = ''] = ARROW.exec(scan.text) ?? [];
  if (
    after === '' ||
    [before, after].some((word) => isPlaceholder(word) || isSentenceWord(word) || isOther(word))
  )
    return false;
  const until = ARROW.lastIndex;
  const from = until - after.length - arrow.length - before.length;
  scan.spans.push(from, from + before.length, until - after.length, until);
  scan.at = until;
  return true;
}
/** `~ password = "…" -> "…"`, as Terraform tells what it will change. */
function maskQuotedArrow(scan: Scan, end: number, name: SecretName): boolean {
  if (name.kind === 'weak' || name.kind === 'header') return false;
  QUOTED_ARROW.lastIndex = end;
  const [, before = '', arrow = '', after = ''] = QUOTED_ARROW.exec(scan.text) ?? [];
  if (arrow === '' || [before, after].some((word) => isPlaceholder(word) || isVariable(word))) return false;
  const until = QUOTED_ARROW.lastIndex - 1;
  const from = until - after.length - arrow.length - before.length;
  scan.spans.push(from, from + before.length, until - after.length, until);
  scan.at = until;
  return true;
}
const QUOTED_ARROW =
  /["']?[ \t]{0,40}[=:][ \t]{1,4}"([^"\n]{1,128})("[ \t]{1,4}[-=]>[ \t]{1,4}")([^"\n]{1,128})"/y;
const ARROW =
  /(?:[ \t]{1,4}(?:of|for)[ \t]{1,4}(?:user[ \t]{1,4})?[^\s:]{1,64})?:?[ \t]{1,4}([^\s=:>-]{3,64})([ \t]{0,2}[-=]>[ \t]{0,2})([^\s=:>]{3,64})/y;
/** `password policy`. */
const isOther = (word: string): boolean => isOfOperations(word) || isTalk(word);
const FIRST = /^[ \t]{1,4}([a-z]{2,14})/i;
const MAX_CHANGES = 4;
const CHANGE =
  /["']?(?:[ \t]{1,4}(?!was\b|is\b)[a-z]{2,14}){0,4}[:;,.([{|]?[ \t]{0,4}["']?(?:old|new|from|to|prev(?:ious)?|current|before|after|was|now)["']?[ \t]{0,2}[=:][ \t]{0,2}(?=[^\s=:])/iy;

/** `token for the user bob was made, it begins to work at once -> aB3dE5fG7hJ9`: what nobody says, later in the line. */
export function maskLater(scan: Scan, end: number, name: SecretName): void {
  const { text } = scan;
  if (name.kind === 'weak' || name.kind === 'header') return;
  if (text[end] === ',') maskOnce(scan, end);
  if (!isBlank(text.charCodeAt(end))) return;
  const until = Math.min(endOfLine(scan, end), end + MAX_LOOK);
  const rest = text.slice(end, until);
  if (!LONG.test(rest) && !rest.includes(': ') && !rest.includes('-> ')) return;
  if (NOT_TOLD.test(text.slice(Math.max(scan.lineAt, end - MAX_LOOK), until))) return;
  if (maskOnce(scan, end)) return;
  for (const { 0: word, index } of rest.matchAll(WORDS)) {
    const from = end + index;
    const isWhole = BEFORE.test(text[from - 1] ?? ' ') && BEHIND.test(text[from + word.length] ?? ' ');
    if (!isWhole || !looksRandom(word) || !looksMade(word)) continue;
    scan.cellSpans.push(from, findValueEnd(text, from, ''));
    return;
  }
}
/** `Copy this secret now, you will not see it again: …`. */
export function maskOnce(scan: Scan, end: number): boolean {
  const { text, lineAt, cellSpans } = scan;
  const until = Math.min(endOfLine(scan, end), end + MAX_LOOK);
  const once = ONCE.exec(text.slice(Math.max(lineAt, end - MAX_LOOK), until))?.[1];
  if (once === undefined || !isUnsaid(once)) return false;
  cellSpans.push(until - once.length, until);
  return true;
}
const ONCE =
  /(?:not (?:be )?(?:able to )?(?:seen?|shown?|displayed|view)|shown|displayed|copy|save|keep|store|note|write)(?: down)? (?:this|it|your|once|only|again)\b[^:\n]{0,80}(?<!\b(?:in|to|at|on|by|for|from|with|under))(?::| ->) ([^\s:]{4,128})$/i;
const BEFORE = /[\s"'`([<>]/;
const BEHIND = /[\s"'`)\]>.,;!]/;
const LONG = /[A-Za-z0-9+_-]{12}/;
const WORDS = /[A-Za-z0-9+_-]{12,128}={0,2}/g;
const NOT_TOLD = /fingerprint|public|digest|checksum|\bid\b|\bkid\b|image|commit|request|trace/i;
