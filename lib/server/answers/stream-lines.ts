import { setImmediate } from 'node:timers/promises';

/** Nobody else waits for longer than these take: some milliseconds. */
const AT_A_TIME = 100;

/** Lines as the body of an answer, made a few at a time. */
export function streamLines(lines: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      await setImmediate();
      let text = '';
      for (let count = 0; count < AT_A_TIME; count += 1) {
        const next = lines.next();
        if (next.done) break;
        text += next.value;
      }
      if (text === '') controller.close();
      else controller.enqueue(encoder.encode(text));
    },
  });
}
