import { memo } from 'react';
import { fitCard } from '#lib/view/wall/fit-card.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { longestFor, longestShort } from '#words/pages/wall.ts';
import { ProblemState } from './problem-state.tsx';
import type { WallItem } from './wall-item.ts';
import { toBoxStyle, WallLines, WallText } from './wall-text.tsx';

/** What a tag has around it. */
const TAG_EM = 2;

interface ProblemCardProps {
  item: WallItem;
  box: Box;
  unitPx: number;
  isNew: boolean;
  /** A row is a card of two lines. */
  kind: 'card' | 'row';
}

/** A problem of middle size, or one of many: name, state, sentence, and its evidence where there is room. */
export const ProblemCard = memo(function ProblemCard({ item, box, unitPx, isNew, kind }: ProblemCardProps) {
  const { look, tag } = item;
  const isShort = kind === 'row';
  const widest = isShort ? `${look.word} ${longestShort}` : `${look.word} ${longestFor}`;
  const fitted = fitCard(item.words, box, {
    unitPx,
    state: widest,
    kind,
    leadEm: tag === null ? 0 : measureText(tag) + TAG_EM,
  });
  const { padPx, sidePx, inline, name, statePx, sentence, evidence } = fitted;
  const textKind = isShort ? 'rowText' : 'cardText';
  const state = (
    <WallText kind={textKind} fontPx={statePx} className="wall-state">
      <ProblemState short={isShort} look={look} sinceMs={item.sinceMs} />
    </WallText>
  );
  return (
    <article
      className={`wall-problem wall-${kind} ${look.className}`}
      style={{ ...toBoxStyle(box), padding: `${padPx}px ${sidePx}px` }}
      data-problem={item.id}
      {...item.data}
      data-new={isNew}
    >
      <span className="wall-title" style={{ fontSize: name.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind={isShort ? 'rowName' : 'cardName'} text={name} />
        {inline && state}
      </span>
      {!inline && state}
      {tag === null ? (
        <WallLines kind={textKind} text={sentence} />
      ) : (
        <span className="wall-tagged" style={{ fontSize: sentence.fontPx }}>
          <b className="wall-tag">{tag}</b>
          <WallLines kind={textKind} text={sentence} />
        </span>
      )}
      {evidence !== null && <WallLines mono kind="evidence" text={evidence} />}
    </article>
  );
});
