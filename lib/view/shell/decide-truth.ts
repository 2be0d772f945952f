import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { ManagerProblem, StatusStatement } from '#lib/model/contract/statement.ts';
import { findDoubt, findManagerProblem } from '#lib/model/status/managers.ts';

/** Is what is shown so now? The one answer for whatever says "live": head, foot, tab, icon, page and wall. */
export type Truth =
  | { kind: 'live' }
  /** The server is not heard. */
  | { kind: 'unheard' }
  /** The server is heard, and does not read the swarm. `sinceMs`: its clock; `null`: it never did. */
  | { kind: 'unread'; doubt: StatusStatement; problem: ManagerProblem | null; sinceMs: number | null };

export interface TruthFacts {
  isServerHeard: boolean;
  head: Pick<SwarmPicture, 'ready' | 'sources' | 'findings' | 'sentence'>;
  /** The server's clock: when it last heard anything of the swarm, and now. */
  seenAtMs: number;
  nowMs: number;
}

/** Decides as monitors are answered (`findDoubt`), with the server itself as one more thing that may be silent. */
export function decideTruth({ isServerHeard, head, seenAtMs, nowMs }: TruthFacts): Truth {
  if (!isServerHeard) return { kind: 'unheard' };
  const doubt = findDoubt({ ...head, atMs: seenAtMs }, nowMs);
  if (doubt === null) return { kind: 'live' };
  const problem = findManagerProblem(head.sources, head.findings);
  if (problem !== null)
    return { kind: 'unread', doubt, problem, sinceMs: doubt.kind === 'not-read' ? problem.sinceMs : null };
  return { kind: 'unread', doubt, problem, sinceMs: doubt.kind === 'silent' ? seenAtMs : null };
}
