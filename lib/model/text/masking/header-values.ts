import { LATER, type Link, MAX_LOOK, matchEnd } from './named-link.ts';
import { isOfOperations } from './operations-words.ts';
import { countSentenceWords, isPlaceholder, isSentenceWord, isVariable } from './prose.ts';
import type { Scan } from './scan.ts';
import { findQuoteEnd, findValueEnd, isBreak } from './value-ends.ts';

export const SCHEME =
  /^(?:bearer|basic|digest|token|negotiate|ntlm|apikey|api-key|key|hawk|splunk|bot|aws4-hmac-sha256|oauth|jwt|sso-key|genie-?key|sso|hmac|client)(?:\\?[ \t])+(?=\S)/i;

/** `Authorization: Basic …`, `Cookie: a=…; b=…`: what is around it ends it, else the line. */
export function maskHeader(scan: Scan, { from: behind, around }: Link): boolean {
  const { text } = scan;
  // HAProxy's `Authorization:\ Basic\ …`.
  const from = text.startsWith('\\ ', behind) ? behind + 2 : behind;
  const scheme = SCHEME.exec(text.slice(from, from + 64))?.[0] ?? '';
  const start = from + scheme.length;
  const isOneWord =
    /^(?:bearer|basic|token|negotiate|apikey|key|bot|jwt|splunk)\s/i.test(scheme) &&
    !/^[a-z_]{1,20}=["']/i.test(text.slice(start, start + 24));
  const look = text.slice(start, start + MAX_LOOK).split(/[\n"]/, 1)[0] ?? '';
  if (ATTRIBUTES.test(look)) {
    scan.at = start + look.length;
    return true;
  }
  const first = look.split(/\s/, 1)[0] ?? '';
  if (
    scheme === '' &&
    (isPlaceholder(first) ||
      (look.trim() === first && isOfOperations(first)) ||
      countSentenceWords(look) > 1 ||
      (isSentenceWord(first) && !look.includes('=')))
  ) {
    scan.at = start;
    return true;
  }
  const later = text[start] === '$' || text[start] === '{' ? matchEnd(LATER, text, start) : -1;
  if (later > start) {
    scan.at = later;
    return true;
  }
  let end: number;
  if (around !== '') end = findQuoteEnd(text, { from: start, mark: around, escapes: 0 }).end;
  else if (isOneWord) end = findValueEnd(text, start, '"');
  else end = findHeaderEnd(text, start);
  scan.at = Math.max(scan.at, end);
  const value = text.slice(start, Math.min(end, start + MAX_LOOK));
  if (end > start && !isVariable(value) && !isPlaceholder(value)) scan.spans.push(start, end);
  return true;
}

/** What is set for all cookies, and none of them. */
const ATTRIBUTES =
  /^(?:(?:secure|http_?only|same_?site|path|domain|max-?age|expires|partitioned|priority|name)(?:[=:][ \t]?[\w./-]{1,40})?[;,]?[ \t]{0,4}){1,10}$/i;

/** The end of the line, or a quote that closes what was opened before the header. */
function findHeaderEnd(text: string, from: number): number {
  let at = from;
  // `Digest username="a", response="…"`: a quote in the header.
  let open = '';
  for (; at < text.length && !isBreak(text.charCodeAt(at)); at += 1) {
    const char = text[at];
    if (char !== '"' && char !== "'") continue;
    if (char === open) open = '';
    else if (text[at - 1] === '=') open = char;
    else if (closesLine(text[at + 1])) return at;
  }
  return at;
}

const closesLine = (next: string | undefined): boolean => next === undefined || /[\s,)\]}\u007f]/.test(next);
