/** What went wrong, in words for people. The port's errors already are such sentences. */
export function toSentence(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message;
  return 'Something unexpected went wrong.';
}
