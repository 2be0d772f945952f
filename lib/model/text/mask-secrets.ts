/** What stands where a secret stood. */
export const MASK = '•••';

/** Names whose value is nobody's business. */
const NAME = String.raw`(?:[\w.-]*(?:passwo?r?d|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|credentials?))`;
/** Not the end of a path: `/etc/passwd: Permission denied` is no secret. */
const START = String.raw`(?<![\w./-])`;
const VALUE = String.raw`(?:"[^"\n]*"|'[^'\n]*'|[^\s"'&;|,)}\]]+)`;
/** After a colon, prose may follow (`wrong password: access denied`): there only what is quoted or has a digit is one. */
const TOLD = String.raw`(?:"[^"\n]*"|'[^'\n]*'|(?=[^\s"'&;|,)}\]]*\d)[^\s"'&;|,)}\]]+)`;

/**
 * The obvious secrets of commands and outputs. The first group stays, what follows it goes.
 * - `password=…`, `"token": "…"`, `API_KEY: …`
 * - `--password …`, `--token=…`, and the short flags of redis-cli, mysql and curl
 * - `Authorization: Bearer …`, `https://user:…@host`
 * - tokens that can be told by their shape (JSON web tokens, keys of AWS, GitHub and Slack)
 */
const PATTERNS: readonly RegExp[] = [
  new RegExp(String.raw`(${START}${NAME}["']?\s{0,3}=\s{0,3})${VALUE}`, 'gi'),
  new RegExp(String.raw`(${START}${NAME}["']?\s{0,3}:\s{0,3})${TOLD}`, 'gi'),
  new RegExp(String.raw`(--?${NAME}\s+)(?!-)${VALUE}`, 'gi'),
  new RegExp(String.raw`(\bredis-cli\b[^\n;|&]*?\s-a\s+)${VALUE}`, 'g'),
  new RegExp(String.raw`(\b(?:mysql|mysqladmin|mariadb|mariadb-admin)\b[^\n;|&]*?\s-p)${VALUE}`, 'g'),
  /(\bcurl\b[^\n;|&]*?\s(?:-u\s*|--user[\s=]+)["']?[^\s:"']+:)[^\s"']+/g,
  /(\bauthorization["']?\s*[:=]\s*["']?(?:bearer|basic|digest|token)\s+)[^\s"']+/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"']{0,64}:)[^\s@/"']+(?=@)/gi,
  /()\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g,
  /()\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /()\bgh[pousr]_[A-Za-z0-9]{20,}\b/g,
  /()\bxox[abposr]-[A-Za-z0-9-]{10,}/g,
];

/** Nothing that the patterns above could match is without one of these: most texts cost one look. */
const HINT =
  /pass|pwd|secret|token|key|credential|redis-cli|mysql|mariadb|curl|authorization|:\/\/|eyJ|AKIA|ASIA|gh[pousr]_|xox/i;

/** The text with its obvious secrets, and what matches `more` (whole), replaced by {@link MASK}. */
export function maskSecrets(text: string, more: readonly RegExp[] = []): string {
  let masked = text;
  if (HINT.test(text)) {
    for (const pattern of PATTERNS)
      masked = masked.replaceAll(pattern, (_whole, before: string) => before + MASK);
  }
  for (const pattern of more) masked = masked.replaceAll(pattern, MASK);
  return masked;
}
