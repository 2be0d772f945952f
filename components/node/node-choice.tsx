import { EngineWords } from '#components/nodes/node-words.tsx';
import { toNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/nodes.ts';

/** Hostnames are not unique: several nodes have this one, so which one is meant? */
export function NodeChoice({ hostname, nodes }: { hostname: string; nodes: NodePicture[] }) {
  return (
    <div className="page max-w-[860px]!">
      <section className="panel grid gap-3 p-6">
        <h1 className="text-[22px] font-semibold tracking-tight">{words.sameName(nodes.length, hostname)}</h1>
        <p className="text-muted">{words.chooseById}</p>
        <ul className="grid gap-2">
          {nodes.map((node) => (
            <li key={node.id} className="flex flex-wrap items-baseline gap-x-4">
              <a className="font-mono text-[13px] text-accent" href={toNodeHref(node.id)}>
                {node.id}
              </a>
              <StatusWord look={toNodeLook(node)} />
              <span className="text-muted">{node.address ?? words.noAddress}</span>
              <span>
                <EngineWords engine={node.engine} />
              </span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
