import type { EngineClient } from '#lib/engine/port.ts';
import { formatLogText } from './format-log-text.ts';
import { iterateLog } from './iterate-log.ts';
import type { LogTarget } from './log-target.ts';
import { mergeLines } from './merge-lines.ts';

const CHUNK_CHARS = 32 * 1024;
const STALL_MS = 15_000;

/**
 * The logs of these containers as one text, by time, at the reader's pace. What cannot be read is said at its end, or
 * at once if nothing can.
 *
 * @param nameOf how a replica is called in each line
 */
export function streamLogText(options: {
  targets: readonly LogTarget[];
  clientOf(nodeId: string): EngineClient | null;
  nameOf(target: LogTarget): string;
  tail: number | null;
  onEnd(): void;
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const errors: string[] = [];
  const { tail, nameOf } = options;
  const logs = options.targets.flatMap((target) => {
    const client = options.clientOf(target.nodeId);
    if (client === null) {
      errors.push(`${nameOf(target)}: its engine is not read.`);
      return [];
    }
    const lines = iterateLog(client, target.containerId, { tail, sinceMs: null, stallMs: STALL_MS });
    return [{ from: target, lines }];
  });
  const merged = mergeLines(logs, (target, error) =>
    errors.push(`${nameOf(target)}: ${error instanceof Error ? error.message : String(error)}`),
  );
  let ended = false;
  const end = () => {
    if (!ended) options.onEnd();
    ended = true;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = '';
      while (text.length < CHUNK_CHARS) {
        const { value, done } = await merged.next();
        if (!done && value) {
          text += formatLogText(value.line, nameOf(value.from));
          continue;
        }
        for (const error of errors) text += `# ${error}\n`;
        if (text !== '') controller.enqueue(encoder.encode(text));
        controller.close();
        return end();
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await merged.return();
      end();
    },
  });
}
