import type { LogLine } from '#lib/model/docker/log-line.ts';

export interface TaggedLine<T> {
  from: T;
  line: LogLine;
}

/** Several logs as one, by time; each is in its own order. `onError` hears of one that cannot be read (on). */
export async function* mergeLines<T>(
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
