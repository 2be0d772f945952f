/** Says in one warning that so many of a list's entries could not be read, if any. */
export function warnOfLost(
  lost: number,
  total: number,
  from: { path: string; endpoint: string; onWarning: (message: string) => void },
): void {
  if (lost === 0) return;
  from.onWarning(`${lost} of ${total} entries of ${from.path} at ${from.endpoint} could not be read.`);
}
