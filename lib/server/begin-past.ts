import type { EngineClient } from '#lib/engine/port.ts';
import type { Facts } from '#lib/facts/create-facts.ts';
import { createLastLogReader, LINE_CHARS } from '#lib/history/recorder/create-last-log-reader.ts';
import type { PortChecks } from './check-ports.ts';
import type { Config } from './config.ts';
import type { Past } from './keep-past.ts';
import { readFirstBaseline, readLateBaseline } from './read-first-baseline.ts';
import type { Shared } from './shared/create-shared.ts';

/**
 * Finds out what was known of the swarm before us, and begins with that what keeps it: the recorder, the last log lines of
 * tasks that ended, and what the facts and the checks remember.
 */
export function beginPast(
  { config, shared }: { config: Config; shared: Shared | null },
  { history, recorder }: Past,
  {
    facts,
    checks,
    clientOf,
    nowMs,
  }: {
    facts: Facts;
    checks: Pick<PortChecks, 'rememberReached'> | null;
    clientOf(nodeId: string): EngineClient | null;
    nowMs(): number;
  },
): { close(): void } {
  const lastLogReader = createLastLogReader({
    nowMs,
    record: history.record,
    async readLines({ nodeId, id }, tail) {
      const client = clientOf(nodeId);
      if (!client) throw new Error('Its engine cannot be reached.');
      return client.readLog(id, { tail, sinceMs: null, untilMs: null, maxLineChars: LINE_CHARS });
    },
    report: (container, words) => facts.apply({ kind: 'last-words', container, words }),
  });
  if (config.logs) facts.subscribe(lastLogReader.observe);
  const closing = new AbortController();

  async function begin(): Promise<void> {
    // Where nobody is known to lead a database it answers nothing.
    await shared?.leadership.known;
    const baseline = await readFirstBaseline(history, config.demoPast, shared !== null);
    lastLogReader.begin(baseline?.aliveMs ?? null);
    recorder.begin(baseline);
    if (baseline !== null) {
      facts.restore(baseline.endedTasks);
      checks?.rememberReached(baseline.reachedPorts);
    } else if (shared !== null) {
      const late = await readLateBaseline(history, closing.signal);
      if (late !== null) recorder.learn(late);
    }
  }

  void begin();
  return { close: () => closing.abort() };
}
