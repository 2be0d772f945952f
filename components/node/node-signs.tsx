import { StatusCounts } from '#components/nodes/node-words.tsx';
import { ENGINE_LOOKS } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import type { NodeSituation } from '#lib/model/contract/node-detail.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import { describeSkew } from '#lib/view/node/nodes.ts';
import { countReplicas } from '#words/counts.ts';
import * as words from '#words/pages/nodes.ts';
import { docker } from '#words/pages/pieces.ts';

const AVAILABILITY: Record<NodeSituation['availability'], [string, string]> = {
  active: [words.active, words.takesTasks],
  pause: [words.pausedLabel, words.paused],
  drain: [words.drainedLabel, words.drained],
  unknown: [words.unknown, words.availability.unknown],
};

function toCounts(node: NodeSituation): Partial<Record<ReplicaStatus, number>> {
  const counts: Partial<Record<ReplicaStatus, number>> = {};
  for (const { replica } of node.replicas) counts[replica.status] = (counts[replica.status] ?? 0) + 1;
  return counts;
}

/** A node in five signs. */
export function NodeSigns({ node }: { node: NodeSituation }) {
  const { swarm } = useSeen();
  const [availability, meaning] = AVAILABILITY[node.availability];
  const isDown = node.status === 'down' && node.availability === 'active';
  return (
    <section className="panel signs" aria-label={words.vitalSigns}>
      <div>
        <h2>{words.availabilityLabel}</h2>
        <b>{availability}</b>
        <span className="text-muted">{isDown ? words.takesTasksNot : meaning}</span>
      </div>
      {swarm && (
        <div>
          <h2>{words.role}</h2>
          <b>{node.leader ? words.leader : node.role === 'manager' ? words.manager : words.worker}</b>
          <span className="text-muted">
            {node.role === 'manager' ? words.toManagers(node.reachability ?? 'unknown') : words.runsTasks}
          </span>
        </div>
      )}
      <div>
        <h2>{words.engine}</h2>
        {swarm && <b>{node.engineVersion === null ? words.notKnownLabel : docker(node.engineVersion)}</b>}
        <StatusWord look={ENGINE_LOOKS[node.engine.state]} />
      </div>
      {swarm && (
        <div>
          <h2>{words.clock}</h2>
          <b className="first-letter:uppercase">{describeSkew(node.engine)}</b>
          {node.engine.state === 'live' && (
            <span className="text-muted">
              {node.engine.skewMs === 0 ? words.skewWithServer : words.skewOfServer}
            </span>
          )}
        </div>
      )}
      <div>
        <h2>{words.replicas}</h2>
        <b>{countReplicas(node.replicas.length)}</b>
        <StatusCounts counts={toCounts(node)} />
      </div>
    </section>
  );
}
