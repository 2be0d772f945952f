import { memo } from 'react';
import { fitCard } from '#lib/view/wall/fit-card.ts';
import { toProblemWords } from '#lib/view/wall/to-problem-words.ts';
import type { WallProblem } from '#lib/view/wall/to-wall-problems.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { ProblemState, toProblemLook } from './problem-state.tsx';
import { toBoxStyle, WallLines, WallText } from './wall-text.tsx';

interface ProblemCardProps {
  problem: WallProblem;
  box: Box;
  unitPx: number;
  isNew: boolean;
}

/** A problem of middle size: name, state, sentence. */
export const ProblemCard = memo(function ProblemCard({ problem, box, unitPx, isNew }: ProblemCardProps) {
  const look = toProblemLook(problem);
  const { padPx, name, statePx, sentence } = fitCard(toProblemWords(problem), box, unitPx);
  return (
    <article
      className={`wall-problem wall-card ${look.className}`}
      style={{ ...toBoxStyle(box), padding: padPx }}
      data-problem={problem.id}
      data-service={problem.kind === 'service' ? problem.name : undefined}
      data-verdict={problem.kind === 'service' ? problem.service.verdict : undefined}
      data-node={problem.kind === 'node' ? problem.node.hostname : undefined}
      data-new={isNew}
    >
      <span className="wall-title" style={{ fontSize: name.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind="cardName" text={name} />
      </span>
      <WallText kind="cardText" fontPx={statePx}>
        <ProblemState look={look} sinceMs={problem.sinceMs} />
      </WallText>
      <WallLines kind="cardText" text={sentence} />
    </article>
  );
});
