import type { Facts } from '#lib/facts/create-facts.ts';
import type { Timers } from '#lib/flow/timers.ts';
import { createHistory, type History } from '#lib/history/create-history.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import { createRecorder, type Recorder } from '#lib/history/recorder/create-recorder.ts';
import type { Live } from '#lib/live/create-live.ts';
import type { Config } from './config.ts';
import { findThreadFile } from './find-thread-file.ts';
import { log } from './log.ts';
import type { Shared } from './shared/create-shared.ts';
import { toHistoryPlace } from './to-history-place.ts';

/** What was: what makes records of the swarm, and what keeps these. */
export interface Past {
  history: History;
  recorder: Recorder;
}

/**
 * Keeps what is observed and shown from now on; it begins when it is known what was before (`begin-past.ts`).
 *
 * @param shared with other servers of this swarm: the one that leads writes
 */
export function keepPast(
  { config, shared }: { config: Config; shared: Shared | null },
  { facts, live }: { facts: Facts; live: Live },
  timers: Timers & { onRecord(record: HistoryRecord): void },
): Past {
  const { nowMs, setTimer, onRecord } = timers;
  const history = createHistory({
    ...toHistoryPlace(config),
    maxAgeDays: config.historyDays,
    maxBytes: config.historyMb * 1_000_000,
    threadFile: findThreadFile('thread'),
    holds: config.demoPast !== null,
    nowMs,
    log,
  });
  const recorder = createRecorder({
    hasRoom: history.hasRoom,
    nowMs,
    setTimer,
    facts,
    record(record) {
      history.record(record);
      onRecord(record);
    },
    reasonOf: live.reasonOf,
  });
  facts.subscribe(recorder.observe);
  history.onResumed(recorder.resume);
  shared?.leadership.subscribe(history.lead);
  return { history, recorder };
}
