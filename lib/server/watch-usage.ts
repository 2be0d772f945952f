import type { EngineClient } from '#lib/engine/port.ts';
import type { Facts } from '#lib/facts/create-facts.ts';
import type { History } from '#lib/history/create-history.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { createUsageAnswers, type UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import { createUsage, type UsageReaderOptions } from '#lib/usage/create-usage.ts';

/** Reads what containers use, where that is wanted, and answers who asks for it. */
export function watchUsage(parts: {
  /** `VITALS_USAGE` */
  isOn: boolean;
  timers: Pick<UsageReaderOptions, 'nowMs' | 'steadyMs' | 'setTimer'>;
  facts: Facts;
  clientOf(nodeId: string): EngineClient | null;
  history: Pick<History, 'record' | 'ask'>;
  picture(): SwarmPicture;
}): { answers: UsageAnswers; close(): void } {
  const { isOn, timers, facts, clientOf, history, picture } = parts;
  const reader = isOn
    ? createUsage({
        ...timers,
        facts,
        clientOf,
        emit: facts.apply,
        record: (taskId, point) => history.record({ kind: 'usage', taskId, point }),
      })
    : null;
  if (reader) facts.subscribe(reader.observe);
  const { ask } = history;
  return {
    answers: createUsageAnswers({ reader, ask, picture, nodeOf: facts.nodeOf, nowMs: timers.nowMs }),
    close: () => reader?.close(),
  };
}
