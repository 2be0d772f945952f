import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useUsage } from '#lib/client/hooks/use-usage.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { ServiceUsage } from '#lib/model/contract/usage.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import { listAddresses } from '#lib/view/service/networks.ts';
import { describeMode } from '#lib/view/service/placement.ts';
import * as words from '#words/pages/service.ts';
import * as usageWords from '#words/pages/usage.ts';
import { ReplicaRow } from './replica-row.tsx';

const NO_PROBES: never[] = [];
const MAX_ROWS = 200;
const USE_EVERY_MS = 5_000;

/** By slot, as long as all of them are shown at once; else those with a problem first. */
function sortForReading(replicas: readonly Replica[]): readonly Replica[] {
  if (replicas.length <= MAX_ROWS) return replicas;
  const isWell = ({ status }: Replica) => STATUS_FACTS[status].severity === 'ok';
  return [...replicas.filter((one) => !isWell(one)), ...replicas.filter(isWell)];
}

/** A service's replicas, one row each. */
export function ReplicaTable({
  service,
  slots,
  networks,
  usage,
}: {
  service: ServicePicture;
  slots: ServiceDetail['slots'];
  networks: ServiceDetail['networks'];
  /** Whether what they use is read. */
  usage: boolean;
}) {
  // Global services have no slots: their place is a node, and one column says it.
  const isByNode = service.replicas[0]?.slot === null;
  const { shown, more } = useMore(sortForReading(service.replicas), MAX_ROWS);
  const used = useUsage<ServiceUsage>(usage ? keys.serviceUsage(service.name) : null, USE_EVERY_MS);
  const uses = new Map(used?.replicas.map((one) => [one.key, one.usage]));
  const tasks = new Map(slots.map(({ key, tasks }) => [key, tasks[0]]));
  return (
    <Panel title={words.replicas} note={describeMode(service.mode)}>
      {service.replicas.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noReplicas}</p>
      ) : (
        <table
          className={`grid-table${isByNode ? ' by-node' : ''}${usage ? ' with-use' : ''}`}
          aria-label={words.replicas}
        >
          <thead>
            <tr className="replicas-head">
              <th scope="col">{isByNode ? words.node : words.slot}</th>
              <th scope="col">{words.status}</th>
              <th scope="col" className="replicas-node">
                {words.node}
              </th>
              <th scope="col">{words.streak}</th>
              <th scope="col">{words.probes}</th>
              {usage && <th scope="col">{usageWords.useColumn}</th>}
              <th scope="col">{words.lastProbe}</th>
              <th scope="col">{words.up}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((replica) => {
              const task = tasks.get(replica.key);
              // Probes of an earlier task are not this replica's.
              const own = task !== undefined && task.id === replica.taskId ? task : null;
              return (
                <ReplicaRow
                  key={replica.key}
                  serviceName={service.name}
                  replica={replica}
                  probes={own?.probes ?? NO_PROBES}
                  addresses={own === null ? undefined : listAddresses(own.addresses, networks)}
                  use={usage ? (uses.get(replica.key) ?? null) : undefined}
                  timeoutMs={service.healthCheck?.timeoutMs ?? 30_000}
                />
              );
            })}
          </tbody>
        </table>
      )}
      {more}
    </Panel>
  );
}
