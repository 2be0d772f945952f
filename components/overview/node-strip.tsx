import { memo } from 'react';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { isPlainNode, toNodeNames } from '#lib/view/node/node-names.ts';
import { countNodes } from '#words/counts.ts';
import * as words from '#words/pages/overview.ts';
import { NodeCard } from './node-card.tsx';

const MAX_OPEN = 16;

interface NodeStripProps {
  nodes: NodePicture[];
  /** No manager says anything new of them. */
  isOld: boolean;
}

/** The nodes; where there are many, those with something to say first and the others folded away. */
export const NodeStrip = memo(function NodeStrip({ nodes, isOld }: NodeStripProps) {
  if (nodes.length === 0) return null;
  const open = nodes.length <= MAX_OPEN ? nodes : nodes.filter((node) => !isPlainNode(node));
  const folded = nodes.length <= MAX_OPEN ? [] : nodes.filter(isPlainNode);
  const names = toNodeNames(nodes);
  return (
    <section className="grid gap-2.5" aria-labelledby="nodes">
      <h2 id="nodes">
        <a href={toPath('/nodes')}>{words.nodes}</a>
      </h2>
      {open.length > 0 && (
        <ul className="nodes">
          {open.map((node) => (
            <NodeCard key={node.id} node={node} name={names.get(node.id) ?? node.id} isOld={isOld} />
          ))}
        </ul>
      )}
      {folded.length > 0 && (
        <details>
          <summary className="cursor-pointer text-muted">
            {words.readyAndRead(countNodes(folded.length))}
          </summary>
          <ul className="nodes mt-2.5">
            {folded.map((node) => (
              <NodeCard key={node.id} node={node} name={names.get(node.id) ?? node.id} isOld={isOld} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
});
