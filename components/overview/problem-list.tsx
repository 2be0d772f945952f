import { lazy, useEffect, useRef, useState } from 'react';
import { useGlide } from '#lib/client/hooks/use-glide.ts';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { ProblemArticle } from './problem-article.tsx';
import type { Other } from './problems-waiting.tsx';
import './problem-lines.css';
import { needsAttention } from '#words/pages/status.ts';

/** Up to so many are told in full; from there on each has a line, which unfolds. */
const MAX_FULL = 8;

/** From here on they are loaded, so that they are there when they are wanted. */
const MAX_UNPREPARED = 4;

const loadLines = () => import('./problem-lines.tsx').then((loaded) => ({ default: loaded.ProblemLines }));
const ProblemLines = lazy(loadLines);
// What is wrong with the swarm or a node is rare, and what waits is: none is needed for the first look.
const OtherArticle = lazy(() =>
  import('./other-article.tsx').then((loaded) => ({ default: loaded.OtherArticle })),
);
const ProblemsWaiting = lazy(() =>
  import('./problems-waiting.tsx').then((loaded) => ({ default: loaded.ProblemsWaiting })),
);

interface ProblemListProps {
  /** Of the swarm as a whole. */
  swarm: readonly Finding[];
  losses: NodeLoss[];
  serviceIds: string[];
  /** All of these, in the order in which they are told (lib/model/findings/problem-order.ts). */
  order: string[];
  /** What they were chosen by. */
  of: string;
}

/**
 * What needs attention. It keeps its places in a rush: what comes then is named above, and shown when somebody asks for it.
 */
export function ProblemList({ swarm, losses, serviceIds, order, of }: ProblemListProps) {
  const box = useRef<HTMLElement>(null);
  useGlide(box);
  const others = useKept(swarm, losses);
  const chosen = new Set([...others.now, ...serviceIds]);
  const wanted = order.filter((id) => chosen.has(id));
  const { ids: held, fresh, isOld, sort } = useHeldOrder(wanted, box, of, MAX_FULL);
  for (const id of others.kept.keys()) if (!held.includes(id) && !fresh.includes(id)) others.kept.delete(id);
  // Below a few there is room for one more; what the whole swarm has waits for nothing.
  const isFew = held.length + fresh.length <= MAX_FULL;
  const waits = (id: string) => !isFew && others.kept.get(id)?.kind !== 'swarm';
  const ids = [...held, ...fresh.filter((id) => !waits(id))];
  const isOver = (id: string) => !others.now.includes(id);
  const total = ids.filter((id) => others.kept.get(id)?.kind !== 'swarm').length;
  const isNear = total > MAX_UNPREPARED;
  useEffect(() => {
    if (isNear) void loadLines().catch(() => null);
  }, [isNear]);
  if (ids.length === 0) return null;
  return (
    <section className="grid gap-2.5" aria-labelledby="problems" ref={box}>
      <div className="problems-head">
        <h2 id="problems">{needsAttention}</h2>
        {isOld && <ProblemsWaiting fresh={fresh.filter(waits)} kept={others.kept} onShow={sort} />}
      </div>
      {total > MAX_FULL ? (
        <ProblemLines ids={ids} kept={others.kept} isOver={isOver} />
      ) : (
        <div className="problems">
          {ids.map((id) => {
            const one = others.kept.get(id);
            return one === undefined ? (
              <ProblemArticle key={id} serviceId={id} />
            ) : (
              <OtherArticle key={id} one={one} isOver={isOver(id)} />
            );
          })}
        </div>
      )}
    </section>
  );
}

/** What is wrong with the swarm and its nodes, and by id that and what was: it may still have its place in the list. */
function useKept(swarm: readonly Finding[], losses: readonly NodeLoss[]) {
  const [kept] = useState(() => new Map<string, Other>());
  const others: Other[] = [
    ...swarm.map((of) => ({ kind: 'swarm' as const, id: of.cause, of })),
    ...losses.map((of) => ({ kind: 'node' as const, id: of.nodeId, of })),
  ];
  for (const one of others) kept.set(one.id, one);
  return { now: others.map(({ id }) => id), kept };
}
