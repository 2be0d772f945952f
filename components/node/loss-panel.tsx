import { Panel } from '#components/ui/panel.tsx';
import type { NodeSituation, ServiceLoss } from '#lib/model/contract/node-detail.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import { describeManagerLoss, describeServiceLoss } from '#lib/view/node/nodes.ts';
import { countGlobalServices, countMoreServices } from '#words/counts.ts';
import * as words from '#words/pages/nodes.ts';

const MAX_LOSSES = 12;

function LossList({ losses }: { losses: ServiceLoss[] }) {
  return (
    <ul className="losses">
      {losses.map((loss) => (
        <li key={loss.serviceId} data-loss={loss.serviceName}>
          <a href={toServiceHref(loss.serviceName)} className="font-semibold">
            {loss.serviceName}
          </a>{' '}
          <span className={loss.kept === 0 && !loss.global ? undefined : 'text-muted'}>
            {describeServiceLoss(loss)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What would go with this node: a plain fact, to know before it is drained or lost. */
export function LossPanel({ node }: { node: NodeSituation }) {
  const moving = node.losses.filter(({ global }) => !global);
  const globals = node.losses.length - moving.length;
  const managers = describeManagerLoss(node.quorum, node);
  return (
    <Panel title={words.ifGone(node.hostname)}>
      <div className="grid gap-2 px-[18px] py-3.5 text-[13px]">
        {managers !== null && <p>{managers}</p>}
        {node.losses.length === 0 && <p className="text-muted">{words.nothingUp}</p>}
        {moving.length > 0 && <p className="text-muted">{words.lossLead}</p>}
        <LossList losses={moving.slice(0, MAX_LOSSES)} />
        {moving.length > MAX_LOSSES && (
          <details>
            <summary className="cursor-pointer text-accent">
              {words.moreServices(countMoreServices(moving.length - MAX_LOSSES))}
            </summary>
            <LossList losses={moving.slice(MAX_LOSSES)} />
          </details>
        )}
        {globals > 0 && (
          <p className="text-muted">{words.globalsLost(countGlobalServices(globals), globals === 1)}</p>
        )}
      </div>
    </Panel>
  );
}
