import {
  ENGINE_LOOKS,
  IMPAIRED_LOOK,
  type Look,
  toNodeLook,
  VERDICT_LOOKS,
} from '#components/status/looks.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import type { ProblemWords } from '#lib/view/wall/fit-hero.ts';
import { toProblemWords } from '#lib/view/wall/to-problem-words.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import * as words from '#words/pages/wall.ts';

/** A problem as a wall draws it, whatever has it. */
export interface WallItem {
  id: string;
  look: Look;
  words: ProblemWords;
  sinceMs: number | null;
  /** `3 of 5 replicas healthy`; `null`: it has none. */
  counts: string | null;
  cells: { key: string; name?: string; status: ReplicaStatus }[];
  /** The swarm that has it, where there are several; else `null`. */
  tag: string | null;
  /** For tests: `data-service`. */
  data: Readonly<Record<`data-${string}`, string | undefined>>;
}

export function toWallItem(problem: WallProblem): WallItem {
  const service = problem.kind === 'service' ? problem.service : null;
  return {
    id: problem.id,
    look: toProblemLook(problem),
    words: toProblemWords(problem),
    sinceMs: problem.sinceMs,
    counts: service && describeCounts(service),
    cells: (service?.replicas ?? []).map(({ key, status }) => ({
      key,
      name: `${service?.name}.${key}`,
      status,
    })),
    tag: null,
    data: {
      'data-service': service?.name,
      'data-verdict': service?.verdict,
      'data-node': problem.kind === 'node' ? problem.node.hostname : undefined,
    },
  };
}

const SWARM_LOOK: Look = { word: IMPAIRED_LOOK.word, className: 's-unhealthy' };

/** How a problem is shown. */
export function toProblemLook(problem: WallProblem): Look {
  if (problem.kind === 'service') return VERDICT_LOOKS[problem.service.verdict];
  if (problem.kind === 'swarm') return SWARM_LOOK;
  if (problem.impaired) return IMPAIRED_LOOK;
  const { status, engine } = problem.node;
  if (problem.isBad || status === 'unknown' || engine.state === 'live') return toNodeLook(problem.node);
  const { className } = ENGINE_LOOKS[engine.state];
  return { word: words.engineUnread, className };
}
