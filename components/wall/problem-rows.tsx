'use client';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { TURN_MS } from '#lib/view/wall/hold-problems.ts';
import { selectPageBoxes } from '#lib/view/wall/plan-problems.ts';
import type { RowsPlan } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import * as words from '#words/pages/wall.ts';
import { ProblemCard } from './problem-card.tsx';
import type { WallItem } from './wall-item.ts';
import { toBoxStyle, toKey, WallText } from './wall-text.tsx';

interface ProblemRowsProps {
  plan: RowsPlan;
  problems: ReadonlyMap<string, WallItem>;
  unitPx: number;
  fresh: ReadonlySet<string>;
  /** How many problems are shown larger, above. */
  above: number;
}

/** The problems that get two lines each; page after page where they are too many, so that each is named. */
export function ProblemRows({ plan, problems, unitPx, fresh, above }: ProblemRowsProps) {
  const { pages, label } = plan;
  const page = Number(useTickingText((nowMs) => String(Math.floor(nowMs / TURN_MS) % pages.length)));
  const ids = pages[page] ?? [];
  const boxes = selectPageBoxes(plan, ids.length);
  const count = (some: string[][]) => some.reduce((sum, { length }) => sum + length, above);
  const from = count(pages.slice(0, page));
  const total = count(pages);
  return (
    <>
      {label !== null && (
        <div className="wall-place wall-label" style={toBoxStyle(label)}>
          <WallText kind="rowText" fontPx={WALL_SIZES.text.rowText * unitPx}>
            {words.moreInTurn(total - above, from + 1, from + ids.length, total)}
          </WallText>
        </div>
      )}
      {ids.map((id, index) => {
        const item = problems.get(id);
        const box = boxes[index];
        if (item === undefined || box === undefined) return null;
        return (
          <ProblemCard key={toKey(id, box)} kind="row" {...{ item, box, unitPx }} isNew={fresh.has(id)} />
        );
      })}
    </>
  );
}
