/** A word as a POSIX shell takes it for one word, whatever it holds. */
export function quoteShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith('-') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
