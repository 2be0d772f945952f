import type { RowName } from './rows.ts';
import type { Summary } from './summarize.ts';

/** What one measurement found, by row. */
export type Measured = Partial<Record<RowName, Summary>>;

/** How much is measured. */
export interface Work {
  /** Changes for a latency. */
  flips: number;
  /** Cold loads. */
  loads: number;
  /** Length of the idle measurement, and of the one of churn. */
  seconds: number;
  /** Before the measurement of checks. */
  settle: number;
  /** Length of the run that watches memory. */
  minutes: number;
  /** Viewers of the fan-out. */
  viewers: number;
  signal: AbortSignal;
}
