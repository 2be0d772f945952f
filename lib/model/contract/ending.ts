import type { Cause } from './diagnosis.ts';
import type { EndReason } from './finding-facts.ts';
import type { EvidenceFacts } from './reason.ts';

/** Why Swarm, or the task itself, ended it as expected. */
export type ExpectedEnd =
  | 'job-finished'
  | 'ended'
  | 'removed'
  | 'service-removed'
  | 'drain'
  | 'update'
  | 'rollback'
  | 'unknown';

export type EndWhy =
  | { kind: 'failed'; reason: EndReason; evidence: EvidenceFacts | null }
  /** Its node did not come back. */
  | { kind: 'lost' }
  | { kind: 'expected'; reason: ExpectedEnd };

/** How a task ended, without words: what is kept of it. `SegmentEnd` is what is said of it. */
export interface Ending {
  /** Our clock, epoch ms. */
  atMs: number;
  /** `null`: as expected. */
  cause: Cause | null;
  why: EndWhy;
  exitCode: number | null;
  oomKilled: boolean;
}
