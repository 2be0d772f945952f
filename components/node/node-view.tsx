'use client';

import { useMemo } from 'react';
import { Gone } from '#components/gone/gone.tsx';
import { EngineWords, QuorumLine } from '#components/nodes/node-words.tsx';
import { toNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import type { NodeDetail, NodeReplica, NodeSituation } from '#lib/model/contract/node-detail.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { deriveNodeSituation } from '#lib/model/derive/derive-node-situation.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeNode, describeSkew } from '#lib/view/node/nodes.ts';
import * as words from '#words/pages/nodes.ts';
import { LossPanel } from './loss-panel.tsx';
import { NodeReplicaRow } from './node-replica-row.tsx';
import { NodeSigns } from './node-signs.tsx';

/** What the stream says of this node now; `null` when it is in the swarm no more. */
function useNode(initial: NodeDetail): NodeSituation | null {
  const picture = usePicture();
  return useMemo(() => {
    if (picture === null || !picture.ready) return initial;
    const node = picture.nodes.find(({ id }) => id === initial.id);
    return node === undefined ? null : deriveNodeSituation(picture, node);
  }, [picture, initial]);
}

/** One node: how it is, what is on it, and what goes with it. */
export function NodeView({ initial }: { initial: NodeDetail }) {
  const node = useNode(initial);
  if (node === null) {
    return (
      <Gone
        title={`${initial.hostname} is gone`}
        text={words.removed}
        href={toPath('/nodes')}
        link="All nodes"
      />
    );
  }
  return (
    <div
      className="page detail-page"
      data-node={node.hostname}
      data-node-id={node.id}
      data-state={node.engine.state}
      data-node-status={node.status}
    >
      <header className="detail-head">
        <div className="min-w-0">
          <nav className="text-muted" aria-label="Breadcrumb">
            <a href={toPath('/nodes')}>Nodes</a> / {node.hostname}
          </nav>
          <h1>{node.hostname}</h1>
        </div>
        <div className="min-w-0 pb-0.5">
          <p className="text-[16px]">
            <StatusWord look={toNodeLook(node)} />
          </p>
          <p>{describeNode(node)}</p>
        </div>
      </header>
      <NodeSigns node={node} />
      <div className="grid min-w-0 content-start gap-5">
        <NodeReplicas replicas={node.replicas} />
      </div>
      <div className="grid min-w-0 content-start gap-5">
        <LossPanel node={node} />
        <Panel title="Managers">
          <div className="px-[18px] py-3.5 text-[13px]">
            <QuorumLine quorum={node.quorum} />
          </div>
        </Panel>
        <EnginePanel node={node} />
      </div>
    </div>
  );
}

const mono = (text: string) => <span className="font-mono text-[12.5px] select-all">{text}</span>;

/** The node's engine: how it is read, what it is, and its clock. */
function EnginePanel({ node }: { node: NodePicture }) {
  const { engine } = node;
  return (
    <Panel title={words.signsTitle}>
      <Facts
        items={[
          ['Engine', <EngineWords key="engine" engine={engine} />],
          ['Error', engine.error],
          ['Endpoint', engine.endpoint === null ? 'none' : mono(engine.endpoint)],
          ['Docker', node.engineVersion ?? 'not known'],
          ['API', engine.apiVersion ?? 'not known'],
          [
            'Clock',
            engine.skewMs === 0 || engine.state !== 'live'
              ? describeSkew(engine)
              : words.skew(describeSkew(engine)),
          ],
          ['Address', node.address === null ? 'none' : mono(node.address)],
          [
            'Manager says',
            node.statusMessage === null || node.statusMessage === '' ? null : node.statusMessage,
          ],
          ['Id', mono(node.id)],
        ]}
      />
    </Panel>
  );
}

const MAX_ROWS = 200;

/** The replicas on a node, problems first. */
function NodeReplicas({ replicas }: { replicas: NodeReplica[] }) {
  const { shown, more } = useMore(replicas, MAX_ROWS);
  return (
    <Panel
      title="Replicas here"
      note={replicas.length === 0 ? undefined : plural(replicas.length, 'replica')}
    >
      {replicas.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noReplicas}</p>
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
            {shown.map(({ serviceId, serviceName, replica }) => (
              <NodeReplicaRow
                key={`${serviceId}.${replica.key}`}
                serviceName={serviceName}
                replica={replica}
              />
            ))}
          </tbody>
        </table>
      )}
      {more}
    </Panel>
  );
}
