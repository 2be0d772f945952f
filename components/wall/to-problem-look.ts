import { ENGINE_LOOKS, type Look, toNodeLook, VERDICT_LOOKS } from '#components/status/looks.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import * as en from '#lib/words/en/pages/wall.ts';

/** How a problem is shown. */
export function toProblemLook(problem: WallProblem): Look {
  if (problem.kind === 'service') return VERDICT_LOOKS[problem.service.verdict];
  if (problem.isBad || problem.node.status === 'unknown') return toNodeLook(problem.node);
  const { className } = ENGINE_LOOKS[problem.node.engine.state];
  return { word: en.engineNotRead, className };
}
