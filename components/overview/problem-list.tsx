import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/overview.ts';
import { NodeLossArticle } from './node-loss-article.tsx';
import { ProblemArticle } from './problem-article.tsx';

const MAX_SERVICES = 24;
const MAX_NODES = 24;

/** What needs attention: nodes that were lost, with all that they took along, then services, worst first. */
export function ProblemList({ losses, serviceIds }: { losses: NodeLoss[]; serviceIds: string[] }) {
  if (losses.length + serviceIds.length === 0) return null;
  const hidden = serviceIds.length - MAX_SERVICES;
  const hiddenNodes = losses.length - MAX_NODES;
  return (
    <section className="grid gap-2.5" aria-labelledby="problems">
      <h2 id="problems">Needs attention</h2>
      <div className="problems">
        {losses.slice(0, MAX_NODES).map((loss) => (
          <NodeLossArticle key={loss.nodeId} loss={loss} />
        ))}
        {serviceIds.slice(0, MAX_SERVICES).map((id) => (
          <ProblemArticle key={id} serviceId={id} />
        ))}
      </div>
      {hiddenNodes > 0 && (
        <p className="text-muted">
          And{' '}
          <a className="text-accent underline" href={toPath('/nodes')}>
            {plural(hiddenNodes, 'more node')}
          </a>
          .
        </p>
      )}
      {hidden > 0 && <p className="text-muted">{words.moreMarked(plural(hidden, 'more service'))}</p>}
    </section>
  );
}
