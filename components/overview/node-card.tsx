import { memo } from 'react';
import { Age } from '#components/live/times.tsx';
import { ENGINE_LOOKS, toSeenNodeLook } from '#components/status/looks.ts';
import { StatusWord } from '#components/status/status-word.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import { useTurn } from '#lib/client/hooks/use-turn.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { listNodeProblems } from '#lib/model/status/severity.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/overview.ts';
import { lasting } from '#words/pages/status.ts';

function toRole(node: NodePicture): string {
  return node.leader ? 'leader' : node.role;
}

interface NodeCardProps {
  node: NodePicture;
  /** What its page is called. */
  name: string;
  /** No manager says anything new of it. */
  isOld: boolean;
}

/** One node: what the manager says of it, and whether its engine can be read. */
export const NodeCard = memo(function NodeCard({ node, name, isOld }: NodeCardProps) {
  useTurn(1 / 20);
  const { engine } = node;
  const { swarm } = useSeen();
  const facts = [swarm ? toRole(node) : null, node.engineVersion && words.docker(node.engineVersion)];
  const look = toSeenNodeLook(node, isOld);
  const isEngineWell = engine.state === 'live';
  const problem =
    engine.error ??
    listNodeProblems(node.findings)[0]?.sentence ??
    (look.className === 's-healthy' ? null : node.statusMessage);
  return (
    <li
      className="panel node"
      data-node={node.hostname}
      data-node-id={node.id}
      data-state={engine.state}
      data-node-status={node.status}
    >
      <div className="flex items-baseline justify-between gap-3">
        <a href={toNodeHref(name)} className="node-link" title={node.hostname}>
          {node.hostname}
        </a>
        <StatusWord look={look} />
      </div>
      <div className="flex items-baseline justify-between gap-3 text-[12.5px] text-muted">
        <span className="min-w-0">{facts.filter(Boolean).join(', ')}</span>
        {isEngineWell && <span className="flex-none text-faint">{ENGINE_LOOKS.live.word}</span>}
      </div>
      {!isEngineWell && (
        <p className="text-[12.5px]">
          <StatusWord look={ENGINE_LOOKS[engine.state]} />
          <span className="text-muted">
            {' '}
            {lasting} <Age atMs={engine.sinceMs} form="span" />
          </span>
        </p>
      )}
      {problem !== null && problem !== '' && (
        // An engine's own words may be long; ours are told whole.
        <p
          className={`text-muted text-[12.5px] ${engine.error === null ? '' : 'line-clamp-3'}`}
          title={problem}
        >
          {problem}
        </p>
      )}
    </li>
  );
});
