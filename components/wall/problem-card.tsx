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
  /** A row is a card of two lines. */
  kind: 'card' | 'row';
}

/** A problem of middle size, or one of many: name, state, sentence, and its evidence where there is room. */
export const ProblemCard = memo(function ProblemCard({
  problem,
  box,
  unitPx,
  isNew,
  kind,
}: ProblemCardProps) {
  const look = toProblemLook(problem);
  const isShort = kind === 'row';
  const widest = isShort ? `${look.word} 59 min ago` : `${look.word} for 59 min 59 s`;
  const fitted = fitCard(toProblemWords(problem), box, { unitPx, state: widest, kind });
  const { padPx, sidePx, inline, name, statePx, sentence, evidence } = fitted;
  const textKind = isShort ? 'rowText' : 'cardText';
  const state = (
    <WallText kind={textKind} fontPx={statePx} className="wall-state">
      <ProblemState short={isShort} look={look} sinceMs={problem.sinceMs} />
    </WallText>
  );
  return (
    <article
      className={`wall-problem wall-${kind} ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `${padPx}px ${sidePx}px` }}
      data-problem={problem.id}
      data-service={problem.kind === 'service' ? problem.name : undefined}
      data-verdict={problem.kind === 'service' ? problem.service.verdict : undefined}
      data-node={problem.kind === 'node' ? problem.node.hostname : undefined}
      data-new={isNew}
    >
      <span className="wall-title" style={{ fontSize: name.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind={isShort ? 'rowName' : 'cardName'} text={name} />
        {inline && state}
      </span>
      {!inline && state}
      <WallLines kind={textKind} text={sentence} />
      {evidence !== null && <WallLines mono kind="evidence" text={evidence} />}
    </article>
  );
});
