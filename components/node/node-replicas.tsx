import { Panel } from '#components/ui/panel.tsx';
import type { NodeReplica } from '#lib/model/contract/node-detail.ts';
import { plural } from '#lib/view/format/plural.ts';
import { NodeReplicaRow } from './node-replica-row.tsx';

/** The replicas on a node, problems first. */
export function NodeReplicas({ replicas }: { replicas: NodeReplica[] }) {
  return (
    <Panel
      title="Replicas here"
      note={replicas.length === 0 ? undefined : plural(replicas.length, 'replica')}
    >
      {replicas.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">No service has a replica on this node.</p>
      ) : (
        <table className="grid-table" aria-label="Replicas">
          <thead>
            <tr className="node-replicas-head">
              <th scope="col">Replica</th>
              <th scope="col">Status</th>
              <th scope="col">Streak</th>
              <th scope="col">Last probe</th>
              <th scope="col">Since</th>
            </tr>
          </thead>
          <tbody>
            {replicas.map(({ serviceId, serviceName, replica }) => (
              <NodeReplicaRow
                key={`${serviceId}.${replica.key}`}
                serviceName={serviceName}
                replica={replica}
              />
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
