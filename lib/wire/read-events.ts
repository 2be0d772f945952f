/** One server-sent event; `id` is null when it carries none. */
export interface ServerEvent {
  event: string;
  id: string | null;
  data: string;
}

/**
 * Reads a response's body as server-sent events until it ends. Each part of the text is looked at once, so that a large
 * snapshot in many parts costs no more than its length.
 *
 * @param onBytes something came, be it no whole event
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (event: ServerEvent) => void,
  onBytes?: () => void,
): Promise<void> {
  let event = '';
  let id: string | null = null;
  let data: string[] = [];

  const takeLine = (line: string) => {
    if (line === '') {
      if (data.length > 0) onEvent({ event: event === '' ? 'message' : event, id, data: data.join('\n') });
      event = '';
      id = null;
      data = [];
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') event = value;
    else if (field === 'id') id = value;
    else if (field === 'data') data.push(value);
  };

  const reader = body.getReader();
  const decoder = new TextDecoder();
  let unfinished: string[] = [];
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    onBytes?.();
    const lines = decoder.decode(value, { stream: true }).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const whole = unfinished.length === 0 ? line : unfinished.join('') + line;
      unfinished = [];
      takeLine(whole.endsWith('\r') ? whole.slice(0, -1) : whole);
    }
    if (last !== '') unfinished.push(last);
  }
}
