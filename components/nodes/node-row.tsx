import { memo } from 'react';
import { toSeenNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { useTurn } from '#lib/client/hooks/use-turn.ts';
import type { NodeSummary } from '#lib/model/contract/node-detail.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import { isPlainNode } from '#lib/view/node/node-names.ts';
import { describeNode, describeRole, describeSkew } from '#lib/view/node/nodes.ts';
import * as words from '#words/pages/nodes.ts';
import { docker } from '#words/pages/pieces.ts';
import { EngineWords, StatusCounts } from './node-words.tsx';

interface NodeRowProps {
  node: NodeSummary;
  name: string;
  /** No manager says anything new of it. */
  isOld: boolean;
}

/** One node in the table. */
export const NodeRow = memo(function NodeRow({ node, name, isOld }: NodeRowProps) {
  useTurn(1 / 20);
  const { engine } = node;
  const { swarm } = useSeen();
  return (
    <tr
      className="nodes-row"
      data-node={node.hostname}
      data-node-id={node.id}
      data-state={engine.state}
      data-node-status={node.status}
    >
      <td className="min-w-0">
        <a href={toNodeHref(name)} className="long-name font-semibold">
          {node.hostname}
        </a>
        <span className="services-image">
          {name === node.id ? node.id : swarm ? (node.address ?? words.noAddress) : ''}
        </span>
      </td>
      <td>
        <StatusWord look={toSeenNodeLook(node, isOld)} />
      </td>
      <td className="text-muted">{swarm && describeRole(node)}</td>
      <td className="nodes-engine">
        <EngineWords engine={engine} />
        {swarm && (
          <span className="block text-[12.5px] text-faint">
            {node.engineVersion === null ? words.versionUnknown : docker(node.engineVersion)}
            {engine.apiVersion !== null && words.apiVersion(engine.apiVersion)}
          </span>
        )}
      </td>
      <td>
        <StatusCounts counts={node.replicas} />
      </td>
      <td className="nodes-clock text-muted">{swarm && describeSkew(engine)}</td>
      {!isPlainNode(node) && (
        <td className="nodes-why">
          {describeNode(node, isOld)} {engine.error !== null && engine.error}
        </td>
      )}
    </tr>
  );
});
