/**
 * Control characters, what turns, joins or hides text (zero widths, directions, soft hyphens, line separators), and halves of
 * characters, which a page that is sent has otherwise than its script.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const HIDDEN_BUT_BREAKS = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const MAX_NAME_CHARS = 512;

const toVisible = (char: string): string =>
  `[U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * The name of a service, a node, an image, a network as it may be shown anywhere: what nobody would see, or what would
 * turn the text around it, is written out (`[U+202E]`). Two names that differ stay different.
 */
export function toVisibleName(name: string): string {
  return name.slice(0, MAX_NAME_CHARS).replace(HIDDEN, toVisible);
}

/** The same for a text of several lines: breaks and tabs stay. */
export function toVisibleText(text: string): string {
  return text.replace(HIDDEN_BUT_BREAKS, toVisible);
}
