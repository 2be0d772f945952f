import { Age } from '#components/live/times.tsx';
import {
  ENGINE_LOOKS,
  IMPAIRED_LOOK,
  type Look,
  toNodeLook,
  VERDICT_LOOKS,
} from '#components/status/looks.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import * as words from '#words/pages/wall.ts';

/** A problem's state and how long it has been so. */
export function ProblemState({
  look,
  sinceMs,
  short = false,
}: {
  look: Look;
  sinceMs: number | null;
  short?: boolean;
}) {
  return (
    <>
      <b className="wall-tone">{look.word}</b>
      {sinceMs !== null && (
        <span className="wall-muted">
          {short ? ' ' : ' for '}
          <Age atMs={sinceMs} form={short ? 'short' : 'span'} />
        </span>
      )}
    </>
  );
}

const SWARM_LOOK: Look = { word: IMPAIRED_LOOK.word, className: 's-unhealthy' };

/** How a problem is shown. */
export function toProblemLook(problem: WallProblem): Look {
  if (problem.kind === 'service') return VERDICT_LOOKS[problem.service.verdict];
  if (problem.kind === 'swarm') return SWARM_LOOK;
  if (problem.impaired) return IMPAIRED_LOOK;
  if (problem.isBad || problem.node.status === 'unknown') return toNodeLook(problem.node);
  const { className } = ENGINE_LOOKS[problem.node.engine.state];
  return { word: words.engineUnread, className };
}
