'use client';
import { useMemo, useRef } from 'react';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { useMore } from '#components/ui/more.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { WaitingForSwarm } from '#components/waiting/waiting-for-swarm.tsx';
import { useHeldOrder } from '#lib/client/hooks/use-held-order.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import type { NodesPage } from '#lib/model/contract/node-detail.ts';
import { deriveNodesPage } from '#lib/model/derive/derive-node-situation.ts';
import { isPlainNode, toNodeNames } from '#lib/view/node/node-names.ts';
import { areNodesOld } from '#lib/view/overview/are-nodes-old.ts';
import { countNodes } from '#words/counts.ts';
import * as words from '#words/pages/nodes.ts';
import { NodeRow } from './node-row.tsx';
import { QuorumLine } from './node-words.tsx';

const MAX_ROWS = 200;

/** All nodes, those with something to say first. */
export function NodesView({ initial }: { initial: NodesPage }) {
  const head = usePart('swarm');
  const { swarm } = useSeen();
  const picture = usePicture();
  const page = useMemo(() => (picture === null ? initial : deriveNodesPage(picture)), [picture, initial]);
  const plainOnes = page.nodes.filter(isPlainNode);
  const box = useRef<HTMLTableSectionElement>(null);
  const byId = new Map(page.nodes.map((node) => [node.id, node]));
  const loud = page.nodes.filter((node) => !isPlainNode(node));
  const { ids, fresh, isOld, sort } = useHeldOrder(
    [...loud, ...plainOnes].map(({ id }) => id),
    box,
  );
  const nodes = [...ids, ...fresh].map((id) => byId.get(id)).filter((node) => node !== undefined);
  const { shown, more } = useMore(nodes, MAX_ROWS);
  if (head === undefined || !head.ready) return <WaitingForSwarm sources={head?.sources ?? []} />;
  const names = toNodeNames(page.nodes);
  const areOld = areNodesOld(head.findings);
  return (
    <div className="page grid gap-5">
      <DetailHead
        trail={[{ text: words.nodes }]}
        title={words.nodes}
        about={words.readyAndRead(plainOnes.length, countNodes(nodes.length))}
        sentence={swarm && <QuorumLine quorum={page.quorum} />}
        actions={
          isOld && (
            <button type="button" className="sort-again" onClick={sort}>
              {words.worstFirst}
            </button>
          )
        }
      />
      <table className="panel grid-table" aria-label={words.nodes}>
        <thead>
          <tr className="nodes-head">
            <th scope="col">{words.node}</th>
            <th scope="col">{words.status}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.engine}</th>
            <th scope="col">{words.replicas}</th>
            <th scope="col">{words.clock}</th>
          </tr>
        </thead>
        <tbody ref={box}>
          {shown.map((node) => (
            <NodeRow key={node.id} node={node} name={names.get(node.id) ?? node.id} isOld={areOld} />
          ))}
        </tbody>
      </table>
      {more}
    </div>
  );
}
