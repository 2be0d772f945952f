import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { AttentionArticle } from './attention-article.tsx';
import { NodeLossArticle } from './node-loss-article.tsx';

const MOST = 24;

/** What needs attention: nodes that were lost, with all that they took along, then services, worst first. */
export function AttentionList({ losses, serviceIds }: { losses: NodeLoss[]; serviceIds: string[] }) {
  if (losses.length + serviceIds.length === 0) return null;
  const hidden = serviceIds.length - MOST;
  return (
    <section className="grid gap-2.5" aria-labelledby="attention">
      <h2 id="attention">Needs attention</h2>
      <div className="attention">
        {losses.map((loss) => (
          <NodeLossArticle key={loss.nodeId} loss={loss} />
        ))}
        {serviceIds.slice(0, MOST).map((id) => (
          <AttentionArticle key={id} serviceId={id} />
        ))}
      </div>
      {hidden > 0 && (
        <p className="text-muted">And {plural(hidden, 'more service')}, marked in the list below.</p>
      )}
    </section>
  );
}
