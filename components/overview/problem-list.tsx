import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { plural } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/overview.ts';
import { NodeLossArticle } from './node-loss-article.tsx';
import { ProblemArticle } from './problem-article.tsx';
import { SwarmArticle } from './swarm-findings.tsx';
import './problem-lines.css';

/** Up to so many are told in full; from there on each has a line, which unfolds. */
const MAX_FULL = 8;
const MAX_LINES = 200;

/** From here on they are loaded, so that they are there when they are wanted. */
const MAX_UNPREPARED = 4;

const loadLines = () => import('./problem-lines.tsx').then((loaded) => loaded.ProblemLines);
const ProblemLines = dynamic(loadLines);

interface ProblemListProps {
  /** Of the swarm as a whole. */
  swarm: readonly Finding[];
  losses: NodeLoss[];
  serviceIds: string[];
}

/** What needs attention: what the whole swarm has, nodes that were lost, with all that they took along, then services, worst first. */
export function ProblemList({ swarm, losses, serviceIds }: ProblemListProps) {
  const total = losses.length + serviceIds.length;
  const isNear = total > MAX_UNPREPARED;
  useEffect(() => {
    if (isNear) void loadLines().catch(() => null);
  }, [isNear]);
  if (total + swarm.length === 0) return null;
  const hidden = serviceIds.length - MAX_LINES;
  return (
    <section className="grid gap-2.5" aria-labelledby="problems">
      <h2 id="problems">Needs attention</h2>
      {swarm.map((finding) => (
        <SwarmArticle key={finding.cause} finding={finding} />
      ))}
      {total > MAX_FULL ? (
        <ProblemLines losses={losses} serviceIds={serviceIds.slice(0, MAX_LINES)} />
      ) : (
        <div className="problems empty:hidden">
          {losses.map((loss) => (
            <NodeLossArticle key={loss.nodeId} loss={loss} />
          ))}
          {serviceIds.map((id) => (
            <ProblemArticle key={id} serviceId={id} />
          ))}
        </div>
      )}
      {hidden > 0 && <p className="text-muted">{words.moreMarked(plural(hidden, 'more service'))}</p>}
    </section>
  );
}
