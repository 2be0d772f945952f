/** Reads an SSE id that {@link encodeMessage} wrote; `null` when it is not one. */
export function parseEventId(text: string | null): { epoch: string; revision: number } | null {
  const match = /^([a-z0-9]+)-(\d{1,15})$/.exec(text ?? '');
  return match?.[1] && match[2] ? { epoch: match[1], revision: Number(match[2]) } : null;
}
