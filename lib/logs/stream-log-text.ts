import { setImmediate } from 'node:timers/promises';
import type { LogReader } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { plainLine } from '#lib/view/terminal/parse-ansi.ts';
import { iterateLog } from './iterate-log.ts';
import type { LogTarget } from './log-target.ts';

const CHUNK_CHARS = 32 * 1024;
const STALL_MS = 15_000;
/** For so long at a time lines are put together; then everybody else has a turn. */
const TURN_MS = 5;

/**
 * The logs of these containers as one text, by time, at the reader's pace. What cannot be read is said at its end, or
 * at once if nothing can.
 *
 * @param nameOf how a replica is called in each line
 */
export function streamLogText(options: {
  targets: readonly LogTarget[];
  clientOf(nodeId: string): LogReader | null;
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
  let turnEndsAtMs = 0;
  let ended = false;
  const end = () => {
    if (!ended) options.onEnd();
    ended = true;
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      // Nothing here waits for anything while lines are there and the reader takes them: others would have no turn.
      if (performance.now() > turnEndsAtMs) {
        await setImmediate();
        turnEndsAtMs = performance.now() + TURN_MS;
      }
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

/** A line of the download: time in UTC, replica, stream, text without colours and control characters. */
function formatLogText({ atMs, stream, text, truncated }: LogLine, name: string): string {
  const at = new Date(Math.floor(atMs)).toISOString();
  return `${at} ${name} ${stream === 'stderr' ? 'err' : 'out'} ${plainLine(text)}${truncated ? ' …' : ''}\n`;
}

export interface TaggedLine<T> {
  from: T;
  line: LogLine;
}

/** Several logs as one, by time; each is in its own order. `onError` is called with one that cannot be read (on). */
async function* mergeLines<T>(
  logs: readonly { from: T; lines: AsyncGenerator<LogLine, void> }[],
  onError: (from: T, error: unknown) => void,
): AsyncGenerator<TaggedLine<T>, void> {
  const next = async (log: (typeof logs)[number]) => {
    try {
      const { value, done } = await log.lines.next();
      return done || !value ? null : { log, line: value };
    } catch (error) {
      onError(log.from, error);
      return null;
    }
  };
  try {
    let heads = (await Promise.all(logs.map(next))).filter((head) => head !== null);
    while (heads.length > 0) {
      let first = heads[0];
      for (const head of heads) if (first && head.line.atMs < first.line.atMs) first = head;
      if (!first) return;
      const { log, line } = first;
      yield { from: log.from, line };
      const following = await next(log);
      heads = following
        ? heads.map((head) => (head.log === log ? following : head))
        : heads.filter((head) => head.log !== log);
    }
  } finally {
    await Promise.all(logs.map(({ lines }) => lines.return()));
  }
}
