import type fc from 'fast-check';
import type { CommonFault } from './fault.ts';
import type { Truth } from './read-truth.ts';

/** A swarm that can be hurt and healed, and be asked for the truth without a line of the product. */
export interface Rig<F extends { kind: string }> {
  /** What points the product at it. */
  readonly settings: Record<string, string>;
  readonly schedule: fc.Arbitrary<(F | CommonFault)[]>;
  /** Does to the swarm what the fault says. @returns false when that cannot be done at the moment */
  inject(fault: F): Promise<boolean>;
  /** Undoes everything that can be undone. */
  heal(): Promise<void>;
  /** Until the swarm has come to terms with what happened to it: that is Docker's time, not the product's. */
  settle(): Promise<void>;
  /** @throws when an engine that should answer does not */
  readTruth(): Promise<Truth>;
  /** Node ids whose engine the product could not read for longer than this. */
  findUnread(forMs: number): Set<string>;
  /** Between two looks at the truth. */
  readonly lookMs: number;
  close(): Promise<void>;
}
