import { MAX_STATS_AT_ONCE, toStatsCostMs } from '#lib/engine/stats-cost.ts';
import { createSemaphore } from '#lib/flow/create-semaphore.ts';
import { createTimeBudget } from '#lib/flow/create-time-budget.ts';

/** Lets through as many questions for what containers use as an engine may spend on them, whoever asks. */
export interface StatsGate {
  /** Runs `ask` in its turn, a few at a time. @returns `null`: the budget is spent */
  pass<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T | null>;
  /** Is it a container of Swarm's? Asked once for each. */
  isTask(id: string, ask: () => Promise<boolean>): Promise<boolean>;
}

/** Twice what one server takes by itself: two of them may ask. */
const BUDGET = { share: 0.02, burstMs: 1_000 };
const MAX_KNOWN = 5_000;

export function createStatsGate(nowMs: () => number): StatsGate {
  const budget = createTimeBudget({ ...BUDGET, nowMs });
  const turn = createSemaphore(MAX_STATS_AT_ONCE);
  /** A container is of a task or not for all its life. */
  const tasks = new Set<string>();
  return {
    async pass(signal, ask) {
      if (budget.waitMs() > 0) return null;
      const release = await turn.acquireUnless(signal);
      try {
        if (budget.waitMs() > 0) return null;
        const begunMs = nowMs();
        try {
          return await ask();
        } finally {
          budget.spend(toStatsCostMs(nowMs() - begunMs));
        }
      } finally {
        release();
      }
    },
    async isTask(id, ask) {
      if (tasks.has(id)) return true;
      const found = await ask();
      if (found) tasks.add(id);
      if (tasks.size > MAX_KNOWN) tasks.delete(tasks.values().next().value ?? '');
      return found;
    },
  };
}
