/** A sentence to go on after a colon: its first word in lower case, unless that is a name or an abbreviation. */
export function lowerFirst(sentence: string): string {
  if (!/^[A-Z][a-z]*\b/.test(sentence) || /^(Docker|Swarm|[A-Z]{2,})\b/.test(sentence)) return sentence;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
