import { readEvents, type ServerEvent } from '#lib/wire/read-events.ts';

/** How a stream came to its end. */
export type StreamEnd =
  /** The server closed it, or whatever stands between. */
  | { kind: 'closed' }
  /** It was never opened: the server answered something else. */
  | { kind: 'refused'; status: number }
  /** Nothing answered, or the line broke while it was read. */
  | { kind: 'broken' };

/**
 * Opens the event stream at `url` once and reads it to its end, whatever that is. Never rejects.
 *
 * @param resumeId the last event that is known; `null`: none is
 */
export async function readStream(
  url: string,
  {
    resumeId,
    signal,
    fetchStream,
  }: { resumeId: string | null; signal: AbortSignal; fetchStream: typeof fetch },
  { onEvent, onBytes }: { onEvent(event: ServerEvent): void; onBytes(): void },
): Promise<StreamEnd> {
  try {
    const headers = {
      accept: 'text/event-stream',
      ...(resumeId === null ? {} : { 'last-event-id': resumeId }),
    };
    const response = await fetchStream(url, { headers, cache: 'no-store', signal });
    if (!response.ok || response.body === null) return { kind: 'refused', status: response.status };
    await readEvents(response.body, onEvent, onBytes);
    return { kind: 'closed' };
  } catch {
    return { kind: 'broken' };
  }
}
