import { memo } from 'react';
import { Age } from '#components/live/age.tsx';
import { ENGINE_LOOKS, toNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import type { NodePicture } from '#lib/model/picture.ts';

function toRole(node: NodePicture): string {
  return node.leader ? 'leader' : node.role;
}

/** One node: what the manager says of it, and whether its engine can be read. */
export const NodeCard = memo(function NodeCard({ node }: { node: NodePicture }) {
  const { engine } = node;
  const look = toNodeLook(node);
  const isEngineWell = engine.state === 'live';
  const trouble = engine.error ?? (look.className === 's-healthy' ? null : node.statusMessage);
  return (
    <li
      className="panel node"
      data-node={node.hostname}
      data-node-id={node.id}
      data-state={engine.state}
      data-node-status={node.status}
    >
      <div className="flex items-baseline justify-between gap-3">
        <b className="min-w-0 truncate font-semibold" title={node.hostname}>
          {node.hostname}
        </b>
        <StatusWord look={look} />
      </div>
      <div className="flex items-baseline justify-between gap-3 text-[12.5px] text-muted">
        <span className="truncate">
          {toRole(node)}
          {node.engineVersion !== null && `, Docker ${node.engineVersion}`}
        </span>
        {isEngineWell && <span className="flex-none text-faint">engine live</span>}
      </div>
      {!isEngineWell && (
        <p className="text-[12.5px]">
          <StatusWord look={ENGINE_LOOKS[engine.state]} />
          <span className="text-muted">
            {' '}
            for <Age atMs={engine.sinceMs} form="span" />
          </span>
        </p>
      )}
      {trouble !== null && trouble !== '' && (
        <p className="line-clamp-3 text-muted text-[12.5px]" title={trouble}>
          {trouble}
        </p>
      )}
    </li>
  );
});
