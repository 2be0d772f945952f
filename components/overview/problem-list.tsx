import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { plural } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/overview.ts';
import { ProblemArticle } from './problem-article.tsx';
import type { Other } from './problems-waiting.tsx';
import './problem-lines.css';

/** Up to so many are told in full; from there on each has a line, which unfolds. */
const MAX_FULL = 8;
const MAX_LINES = 200;

/** From here on they are loaded, so that they are there when they are wanted. */
const MAX_UNPREPARED = 4;

const loadLines = () => import('./problem-lines.tsx').then((loaded) => loaded.ProblemLines);
const ProblemLines = dynamic(loadLines);
// What is wrong with the swarm or a node is rare, and what waits is: none is needed for the first look.
const SwarmArticle = dynamic(() => import('./swarm-findings.tsx').then((loaded) => loaded.SwarmArticle));
const NodeLossArticle = dynamic(() =>
  import('./node-loss-article.tsx').then((loaded) => loaded.NodeLossArticle),
);
const ProblemsWaiting = dynamic(() =>
  import('./problems-waiting.tsx').then((loaded) => loaded.ProblemsWaiting),
);

interface ProblemListProps {
  /** Of the swarm as a whole. */
  swarm: readonly Finding[];
  losses: NodeLoss[];
  serviceIds: string[];
  /** What they were chosen by. */
  of: string;
}

/**
 * What needs attention: what the whole swarm has, nodes that were lost, with all that they took along, then services, worst
 * first, and at last nodes that nobody can read. These keep their places in a rush: what comes then is named above them, and shown when somebody asks for it.
 */
export function ProblemList({ swarm, losses, serviceIds, of }: ProblemListProps) {
  const box = useRef<HTMLElement>(null);
  const others = useKept(swarm, losses);
  const wanted = [...others.now.filter((id) => !isUnread(others.kept.get(id))), ...serviceIds];
  wanted.push(...others.now.filter((id) => isUnread(others.kept.get(id))));
  const { ids: held, fresh, isOld, sort } = useHeldOrder(wanted, box, of, MAX_FULL);
  for (const id of others.kept.keys()) if (!held.includes(id) && !fresh.includes(id)) others.kept.delete(id);
  // Below a few there is room for one more; what the whole swarm has waits for nothing.
  const isFew = held.length + fresh.length <= MAX_FULL;
  const waits = (id: string) => !isFew && others.kept.get(id)?.kind !== 'swarm';
  const ids = [...held, ...fresh.filter((id) => !waits(id))];
  const shown = ids.flatMap((id) => others.kept.get(id) ?? []);
  const services = ids.filter((id) => !others.kept.has(id));
  const total = ids.length - shown.filter(({ kind }) => kind === 'swarm').length;
  const isNear = total > MAX_UNPREPARED;
  useEffect(() => {
    if (isNear) void loadLines().catch(() => null);
  }, [isNear]);
  if (ids.length === 0) return null;
  const hidden = services.length - MAX_LINES;
  const lost = shown.filter((one) => one.kind === 'node');
  const toArticle = ({ id, of }: (typeof lost)[number]) => (
    <NodeLossArticle key={id} loss={of} isOver={!others.now.includes(id)} />
  );
  return (
    <section className="grid gap-2.5" aria-labelledby="problems" ref={box}>
      <div className="problems-head">
        <h2 id="problems">Needs attention</h2>
        {isOld && <ProblemsWaiting fresh={fresh.filter(waits)} kept={others.kept} onShow={sort} />}
      </div>
      {shown.map(
        (one) =>
          one.kind === 'swarm' && (
            <SwarmArticle key={one.id} finding={one.of} isOver={!others.now.includes(one.id)} />
          ),
      )}
      {total > MAX_FULL ? (
        <ProblemLines
          losses={lost.map(({ id, of }) => ({ loss: of, isOver: !others.now.includes(id) }))}
          serviceIds={services.slice(0, MAX_LINES)}
        />
      ) : (
        <div className="problems empty:hidden">
          {lost.map((one) => !isUnread(one) && toArticle(one))}
          {services.map((id) => (
            <ProblemArticle key={id} serviceId={id} />
          ))}
          {lost.map((one) => isUnread(one) && toArticle(one))}
        </div>
      )}
      {hidden > 0 && <p className="text-muted">{words.moreMarked(plural(hidden, 'more service'))}</p>}
    </section>
  );
}

/** Nobody knows how it is with what runs there: that is no worse than what is known to be down. */
const isUnread = (one: Other | undefined) => one?.kind === 'node' && one.of.kind === 'unread';

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
