/** So many different ones a secret of letters and digits that was made at random has, whatever its length. */
const MIN_DIFFERENT = 8;

/** Does a secret repeat so few characters that somebody could guess it? */
export function isGuessable(secret: string): boolean {
  return new Set(secret).size < MIN_DIFFERENT;
}
