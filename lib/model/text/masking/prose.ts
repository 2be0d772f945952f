/**
 * Whether what follows a secret's name is the secret, or what somebody says about it: `token: expired at …`,
 * `password: must have 8 characters`. Looks at a bounded beginning.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Words that sentences are made of, and that no secret is. */
const SENTENCE =
  words(`a an and are as at be been before but by can cannot can't could couldn't did didn't do does doesn't
  don't entries entry error errors exist exists expect expected expecting expired expires failed failure fails fetched
  field for found from generated got granted had has have if ignored in incorrect inside into invalid is isn't issue it its
  length less long longer match matches matched mismatch missing more must need needed needs no non not null of on one only or
  out please provided received refused required requires returned set short should since so than that the this to too
  try unable unauthorized unauthenticated unexpected unknown unset until use used using valid value values was wasn't were
  when while will with without wrong yet you your denied access permission authentication authorization changed updated
  created rotated reset revoked refreshed refreshing rejected accepted loaded loading reading read file files empty bytes
  seconds minutes hours days characters chars expiring renewed renewing verified verification validated validation check
  checked passed success successful successfully succeeded ok yes true false none nil undefined never already disabled
  enabled allowed forbidden available unavailable mode type default string number prompt login user username account
  parse parsing parsed request response header cookie database server client connection refused timeout again later next done`);

/** What stands in a secret's place when none is given. */
const NOTHING =
  words(`ok true false yes no on off null none nil undefined nan n/a na void valid invalid expired missing
  required optional set unset empty found not present absent enabled disabled redacted hidden masked filtered protected
  sensitive removed omitted unchanged failed failure fail error success unknown default string integer boolean secret
  incorrect wrong unauthorized forbidden denied any
  falsch ungültig ungueltig abgelaufen fehlt erforderlich leer verlopen ongeldig onjuist vereist incorrecta incorrecto incorreta
  incorreto inválida inválido invalida invalido vencida expirada caducada requerida expiré invalide requis vide errata scaduta mancante
  felaktigt ogiltigt saknas forkert ugyldig nieprawidłowe błędne wygasło nesprávné chybné neplatné väärä hibás érvénytelen yanlış
  geçersiz`);
const NO_WORD =
  /^(?:<nil>|\(null\)|[[(<{]{1,2}(?:redacted|filtered|hidden|masked|removed|secret|sensitive|protected|none|empty|null|unset)[\])>}]{0,2}|\*+|x{3,}|•+|\.{3,}|…|-+|_+|#+)$/i;
/** A variable that a shell or a template puts in later: the secret is not here. */
const VARIABLE =
  /^(?:\$\$?[A-Z_][A-Z0-9_]{0,60}|\$(?:password|passwd|pass|pw|pwd|token|secret|key|db_?pass(?:word)?|root_?pass(?:word)?)|\$\$?\{[A-Za-z_][^}\s]{0,100}\}|\$\((?:cat|<|echo)? ?[^)\n]{0,120}\)|\$\d|%[sdvq]|%\([a-z_]{1,40}\)s|%[A-Z_]{1,40}%|\{\{[^}\n]{0,100}\}\}|<%=?[^%\n]{0,100}%>|`cat [^`\n]{0,100}`|<[a-z][a-z _-]{0,30}>|\{[a-z_]{1,30}\}|:[a-z_]{1,30}|\?)$/;
/** Names of what is in common use, with digits in them. */
const NAMES_WITH_DIGITS =
  /^(?:sha-?\d+|md[45]|utf-?\d+|base(?:32|58|64)(?:url)?|oauth2?|http[s2]?|https?\/\d(?:\.\d)?|ipv[46]|x509|s3|k8s|ec2|[reph]s(?:256|384|512)|aes-?\d+|v\d[\w.-]*|\d+(?:\.\d+)*(?:ms|s|m|h|d|kb|mb|gb|b|%|x|st|nd|rd|th)?|\d{1,4}[-/:]\d{1,2}\S*|[a-z]{1,8}-\d{4}-\d\d(?:-\w{1,8})?|[a-z][a-z_]{1,30}-\d{1,3}(?:\.\d{1,4}){1,3}|0x[0-9a-f]{1,8}|[a-z]+:\d{2,5}|\d{1,3}(?:\.\d{1,3}){3}\S*|log4j\S*|(?:apache|a?l?gpl|bsd|mpl|epl|cc|cc-by(?:-[a-z]{2}){0,2}|busl|sspl|eupl|artistic)-v?\d[\w.-]*|py?thon3|node\d+|\w+\.(?:js|ts|go|py|java|rb|php|c|rs|yml|yaml|json|conf|txt|pem|key|crt):?\d*)$/i;
/** What Docker and others say of an object with this name. */
const TAIL =
  /^["'`\])]{0,2}:?[ \t]{1,4}(?:was |is |has |have |are )?(?:not (?:found|exist|set|defined|allowed|available|valid|present|supported|provided|required|in)\b|does(?:n't| not)\b|do not\b|already\b|in use\b|(?:is )?in use by\b|missing\b|expired\b|required\b|invalid\b|must\b|cannot\b|couldn't\b|could not\b|removed\b|created\b|updated\b|no longer\b|referenced\b|from\b|file exists\b)/i;

export function isPlaceholder(value: string): boolean {
  if (value === '') return true;
  const first = value.charCodeAt(0) | 0x20;
  if (first >= 0x61 && first <= 0x7a && first !== 0x78)
    return value.length <= 12 && NOTHING.has(value.toLowerCase());
  return NO_WORD.test(value);
}

/** What stands in the place of a flag's value, or of one behind `=`, when none is given: `secret` and `default` are passwords there. */
export const isNoValue = (value: string): boolean =>
  isPlaceholder(value) &&
  !/^(?:secret|default|unknown|success|error|fail|hidden|sensitive|protected)$/i.test(value);

export const isVariable = (value: string): boolean =>
  '$%{<`:?'.includes(value[0] ?? 'a') && VARIABLE.test(value);

/** Where a secret is kept, and not the secret. */
const REFERENCE = /^arn:aws[\w-]{0,12}:/;
export const isReference = (value: string): boolean => REFERENCE.test(value);

/** A tail such as ` not found` behind the place where a value ends: what stands before it is somebody's name. */
export function hasObjectTail(text: string, at: number): boolean {
  return at < text.length && TAIL.test(text.slice(at, at + 48));
}

const MARKS_BEFORE = new Set('"\'`([<');
const MARKS_BEHIND = new Set('"\'`)>].,;:!?');

/** A word without the marks around it. */
function toCore(word: string): string {
  let from = 0;
  let end = word.length;
  while (from < end && MARKS_BEFORE.has(word[from] ?? '')) from += 1;
  while (end > from && MARKS_BEHIND.has(word[end - 1] ?? '')) end -= 1;
  return from === 0 && end === word.length ? word : word.slice(from, end);
}

/** `pa!ss`: a mark within a word, where no language has it. */
const MARKED = /^["'`]?[A-Za-z0-9@#$%^&*+_.-]*[A-Za-z0-9@#]![A-Za-z0-9@#][^\s"'`=(){}[\]]*["'`]?$/;

/** Letters and digits mixed as words of a language are not. */
export function looksSecret(word: string): boolean {
  if (word.length >= 5 && MARKED.test(word)) return true;
  if (word.length < 6 || !/\d/.test(word) || !/[a-zA-Z]/.test(word)) return false;
  const core = toCore(word);
  return core.length >= 6 && !/^[./~]/.test(core) && !core.includes('://') && !NAMES_WITH_DIGITS.test(core);
}

/** Small letters, capitals and digits in one word: no name is written so. */
export function looksRandom(word: string): boolean {
  if (word.length < 8 || !looksSecret(word)) return false;
  const core = toCore(word);
  if (core.length < 8 || /[/\\]/.test(core.slice(0, 2))) return false;
  return (
    /[a-z]/.test(core) && /[A-Z]/.test(core.slice(1)) && !/^[A-Z]?[a-z]+(?:[A-Z][a-z]+)+\d{1,2}$/.test(core)
  );
}

const MAX_KNOWN = 4_096;
const known = new Map<string, boolean>();

/** Kept, up to a bound: the same words come again and again. */
export function isSentenceWord(word: string): boolean {
  if (word.length > 24) return false;
  const found = known.get(word);
  if (found !== undefined) return found;
  const made = SENTENCE.has(word.toLowerCase()) || SENTENCE.has(toCore(word).toLowerCase());
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(word, made);
  return made;
}

/** The words of the beginning of a text, where they begin and end. */
export function findWords(text: string, end: number, max: number): number[] {
  const places: number[] = [];
  for (let at = 0; at < end && places.length < 2 * max; ) {
    while (at < end && isSpace(text.charCodeAt(at))) at += 1;
    if (at >= end) break;
    places.push(at);
    while (at < end && !isSpace(text.charCodeAt(at))) at += 1;
    places.push(at);
  }
  return places;
}

const isSpace = (code: number): boolean => code <= 0x20 || code === 0x7f || code === 0xa0;

/** How many of the first words are such as sentences are made of. */
export function countSentenceWords(text: string): number {
  const places = findWords(text, Math.min(text.length, 160), 10);
  let count = 0;
  for (let index = 0; index < places.length; index += 2)
    if (isSentenceWord(text.slice(places[index], places[index + 1]))) count += 1;
  return count;
}
