import type { NodePicture } from '#lib/model/picture.ts';
import { isNodeWell } from '#lib/view/is-node-well.ts';
import { plural } from '#lib/view/plural.ts';
import { NodeCard } from './node-card.tsx';

const MOST_OPEN = 16;

const isPlain = (node: NodePicture) =>
  isNodeWell(node) && node.engine.state === 'live' && node.availability === 'active';

/** The nodes; where there are many, those with something to say first and the others folded away. */
export function NodeStrip({ nodes }: { nodes: NodePicture[] }) {
  if (nodes.length === 0) return null;
  const open = nodes.length <= MOST_OPEN ? nodes : nodes.filter((node) => !isPlain(node));
  const folded = nodes.length <= MOST_OPEN ? [] : nodes.filter(isPlain);
  return (
    <section className="grid gap-2.5" aria-labelledby="nodes">
      <h2 id="nodes">Nodes</h2>
      {open.length > 0 && (
        <ul className="nodes">
          {open.map((node) => (
            <NodeCard key={node.id} node={node} />
          ))}
        </ul>
      )}
      {folded.length > 0 && (
        <details>
          <summary className="cursor-pointer text-muted">
            {plural(folded.length, 'node')} ready and read
          </summary>
          <ul className="nodes mt-2.5">
            {folded.map((node) => (
              <NodeCard key={node.id} node={node} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
