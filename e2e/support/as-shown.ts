/** A number is shown in one piece with what it counts (`keepTogether`): of an expression Playwright does not take that for a space. */
export function asShown(pattern: RegExp): RegExp {
  return new RegExp(pattern.source.replaceAll(' ', '\\s'), pattern.flags);
}
