'use client';
import { useMemo } from 'react';
import { Gone } from '#components/gone/gone.tsx';
import { QuorumLine } from '#components/nodes/quorum-line.tsx';
import { toNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { usePicture } from '#lib/client/hooks/use-picture.ts';
import type { NodeDetail } from '#lib/model/contract/node-detail.ts';
import { deriveNodeDetail } from '#lib/model/derive/derive-node-detail.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { describeNode } from '#lib/view/node/describe-node.ts';
import { EnginePanel } from './engine-panel.tsx';
import { LossPanel } from './loss-panel.tsx';
import { NodeReplicas } from './node-replicas.tsx';
import { NodeSigns } from './node-signs.tsx';

/** What the stream says of this node now; `null` when it is in the swarm no more. */
function useNode(initial: NodeDetail): NodeDetail | null {
  const picture = usePicture();
  return useMemo(() => {
    if (picture === null || !picture.ready) return initial;
    const node = picture.nodes.find(({ id }) => id === initial.id);
    return node === undefined ? null : deriveNodeDetail(picture, node);
  }, [picture, initial]);
}

/** One node: how it is, what is on it, and what goes with it. */
export function NodeView({ initial }: { initial: NodeDetail }) {
  const node = useNode(initial);
  if (node === null) {
    return (
      <Gone
        title={`${initial.hostname} is gone`}
        text="This node was removed from the swarm."
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
