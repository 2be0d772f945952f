import type { NodePicture } from '#lib/model/contract/picture.ts';
import { countNodes } from '#words/counts.ts';
import * as words from '#words/pages/engine-hint.ts';
import { andMore } from '#words/pages/status.ts';

/** How to see the nodes that nothing leads to yet; health is on each node's own engine. */
export function EngineHint({ nodes }: { nodes: NodePicture[] }) {
  const blind = nodes.filter((node) => node.engine.state === 'unconfigured');
  if (blind.length === 0) return null;
  const names = blind.slice(0, 3).map((node) => node.hostname);
  const others = blind.length - names.length;
  return (
    <aside className="panel hint s-unknown" aria-label={words.unconfiguredTitle}>
      <span className="status-word">
        <span className="status-glyph" aria-hidden="true" />
      </span>
      <p>
        <b>{words.healthUnseen(blind.length === 1 ? words.oneNode : countNodes(blind.length))}</b> (
        {names.join(', ')}
        {others > 0 && ` ${andMore(others)}`}): {words.healthUnseenWhy} (<code>{words.deployCommand}</code>),{' '}
        {words.orSet} <code>VITALS_ENGINES</code> {words.forExample} <code>tcp://{'{addr}'}:2375</code>
        {words.thenRestart}
      </p>
    </aside>
  );
}
