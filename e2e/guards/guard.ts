/** One thing that holds against an attack, how it is taken out, and the test that must notice. */
export interface Guard {
  /** What is so without it. */
  without: string;
  file: string;
  /** Stands in the file once. */
  text: string;
  /** What stands there in its place, without the guard. */
  undone: string;
  /** Another file than a spec: what `npm test` looks at when it has built. */
  spec: string;
  /** The title of its test, or how that begins; what `npm test` says. */
  test: string;
}

/**
 * The source without the guard.
 *
 * @throws when what is to be replaced is not there once: the list has to follow the code
 */
export function undoGuard(source: string, { text, undone, file }: Guard): string {
  const parts = source.split(text);
  if (parts.length !== 2)
    throw new Error(`This stands ${parts.length - 1} times in ${file}, not once:\n${text}`);
  return parts.join(undone);
}
