import { memo } from 'react';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import { ProblemState, toProblemLook } from './problem-state.tsx';
import { toBoxStyle, WallText } from './wall-text.tsx';

interface ProblemRowProps {
  problem: WallProblem;
  box: Box;
  unitPx: number;
  isNew: boolean;
}

/** A problem in one line: name and state. */
export const ProblemRow = memo(function ProblemRow({ problem, box, unitPx, isNew }: ProblemRowProps) {
  const look = toProblemLook(problem);
  const namePx = WALL_SIZES.text.rowName * unitPx;
  const textPx = WALL_SIZES.text.rowText * unitPx;
  const stateWidth = measureText(`${look.word} 59 min ago`) * textPx;
  const width = box.width - stateWidth - 5 * unitPx - namePx * 1.3;
  return (
    <article
      className={`wall-problem wall-row ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `0 ${unitPx}px`, gap: unitPx }}
      data-problem={problem.id}
      data-service={problem.kind === 'service' ? problem.name : undefined}
      data-verdict={problem.kind === 'service' ? problem.service.verdict : undefined}
      data-node={problem.kind === 'node' ? problem.node.hostname : undefined}
      data-new={isNew}
    >
      <span className="status-glyph" aria-hidden="true" style={{ fontSize: namePx }} />
      <WallText kind="rowName" fontPx={namePx} className="wall-grow">
        {shortenText(toOneLine(problem.name), width / namePx, { keep: 'ends' })}
      </WallText>
      <WallText kind="rowText" fontPx={textPx}>
        <ProblemState short look={look} sinceMs={problem.sinceMs} />
      </WallText>
    </article>
  );
});
