import type { WallPlan } from '#lib/view/wall/wall-plan.ts';
import { ProblemCard } from './problem-card.tsx';
import { ProblemHero } from './problem-hero.tsx';
import { ProblemRows } from './problem-rows.tsx';
import type { WallItem } from './wall-item.ts';
import { toKey } from './wall-text.tsx';

interface WallProblemsProps {
  plan: Pick<WallPlan, 'heroes' | 'cards' | 'rows'>;
  items: ReadonlyMap<string, WallItem>;
  unitPx: number;
  /** Which of them are new. */
  fresh: ReadonlySet<string>;
}

/** The problems in their places: large, as cards, as rows. */
export function WallProblems({ plan: { heroes, cards, rows }, items, unitPx, fresh }: WallProblemsProps) {
  return (
    <>
      {heroes.map(({ id, box }) => {
        const item = items.get(id);
        return item && <ProblemHero key={toKey(id, box)} {...{ item, box, unitPx }} isNew={fresh.has(id)} />;
      })}
      {cards.map(({ id, box }) => {
        const item = items.get(id);
        return (
          item && (
            <ProblemCard key={toKey(id, box)} kind="card" {...{ item, box, unitPx }} isNew={fresh.has(id)} />
          )
        );
      })}
      {rows !== null && (
        <ProblemRows
          plan={rows}
          problems={items}
          unitPx={unitPx}
          fresh={fresh}
          above={heroes.length + cards.length}
        />
      )}
    </>
  );
}
