import type { Semaphore } from '#lib/flow/create-semaphore.ts';
import type { ReadBudget } from './create-read-budget.ts';

/** What the watches of all engines share, so that many engines do not cost many times as much. */
export interface SharedPace {
  budget: ReadBudget;
  syncs: Semaphore;
}
