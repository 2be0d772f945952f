/**
 * The same text, where a number stays with what it counts: `12 replicas`, `1 min`, `exit 1` and `Replica 2` are not broken
 * between lines. For what is shown; what is copied, sent or compared stays as it is.
 */
export function keepTogether(text: string): string {
  return text.replace(/(?<![^\s(])([\d.,]*\d(?= [\p{L}%×])|(?:exit|replica)(?= \d)) /giu, '$1\u00a0');
}
