import dynamic from 'next/dynamic';
import { useEffect } from 'react';
import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { plural } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/overview.ts';
import { NodeLossArticle } from './node-loss-article.tsx';
import { ProblemArticle } from './problem-article.tsx';
import './problem-lines.css';

/** Up to so many are told in full; from there on each has a line, which unfolds. */
const MAX_FULL = 8;
const MAX_LINES = 200;

/** From here on they are loaded, so that they are there when they are wanted. */
const MAX_UNPREPARED = 4;

const loadLines = () => import('./problem-lines.tsx').then((loaded) => loaded.ProblemLines);
const ProblemLines = dynamic(loadLines);

/** What needs attention: nodes that were lost, with all that they took along, then services, worst first. */
export function ProblemList({ losses, serviceIds }: { losses: NodeLoss[]; serviceIds: string[] }) {
  const total = losses.length + serviceIds.length;
  const isNear = total > MAX_UNPREPARED;
  useEffect(() => {
    if (isNear) void loadLines().catch(() => null);
  }, [isNear]);
  if (total === 0) return null;
  const hidden = serviceIds.length - MAX_LINES;
  return (
    <section className="grid gap-2.5" aria-labelledby="problems">
      <h2 id="problems">Needs attention</h2>
      {total > MAX_FULL ? (
        <ProblemLines losses={losses} serviceIds={serviceIds.slice(0, MAX_LINES)} />
      ) : (
        <div className="problems">
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
