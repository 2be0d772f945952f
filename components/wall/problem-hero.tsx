import { memo } from 'react';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { fitHero, fitHeroState } from '#lib/view/wall/fit-hero.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { longestFor } from '#words/pages/wall.ts';
import { ProblemState } from './problem-state.tsx';
import type { WallItem } from './wall-item.ts';
import { toBoxStyle, WallLines, WallText } from './wall-text.tsx';

interface ProblemHeroProps {
  item: WallItem;
  box: Box;
  unitPx: number;
  isNew: boolean;
}

/** One of the worst problems: all there is to say of it, to be read from afar. */
export const ProblemHero = memo(function ProblemHero({ item, box, unitPx, isNew }: ProblemHeroProps) {
  const { look, tag, counts } = item;
  const fitted = fitHero(item.words, box, unitPx);
  const { padPx, gapPx, name, sentence, evidence, cells } = fitted;
  const state = fitHeroState(
    `${tag === null ? '' : `${tag}mm`}${look.word} ${longestFor}`,
    counts,
    { maxPx: fitted.statePx, widthPx: box.width - 2 * padPx },
    unitPx,
  );
  const shown =
    item.cells.length > cells.count
      ? [...item.cells]
          .sort((a, b) => REPLICA_STATUSES.indexOf(a.status) - REPLICA_STATUSES.indexOf(b.status))
          .slice(0, cells.count)
      : item.cells;
  return (
    <article
      className={`wall-problem wall-hero ${look.className}`}
      style={{ ...toBoxStyle(box), padding: padPx, gap: gapPx }}
      data-problem={item.id}
      {...item.data}
      data-new={isNew}
    >
      <span className="wall-title" style={{ fontSize: name.fontPx }}>
        <span className="status-glyph" aria-hidden="true" />
        <WallLines kind="heroName" text={name} />
      </span>
      <WallText kind="heroState" fontPx={state.fontPx}>
        {tag !== null && <b className="wall-tag">{tag}</b>}
        <ProblemState look={look} sinceMs={item.sinceMs} />
        {state.hasCounts && <span className="wall-muted"> · {counts}</span>}
      </WallText>
      <WallLines kind="heroSentence" text={sentence} />
      {evidence !== null && (
        <span className="wall-evidence" style={{ padding: `${gapPx}px ${1.5 * gapPx}px` }}>
          <WallLines mono kind="evidence" text={evidence} />
        </span>
      )}
      {shown.length > 0 && (
        <span className="wall-cells" style={{ gap: gapPx / 2 }}>
          {shown.map(({ key, name: replica, status }) => (
            <i
              key={key}
              className={`cell ${STATUS_LOOKS[status].className}`}
              style={{ width: cells.sizePx, height: cells.sizePx }}
              role="img"
              aria-label={STATUS_LOOKS[status].word}
              data-replica={replica}
              data-status={status}
            />
          ))}
        </span>
      )}
    </article>
  );
});
