import type { NodePicture } from '#lib/model/contract/picture.ts';
import { plural } from '#lib/view/format/numbers.ts';
import * as en from '#lib/words/en/pages/overview.ts';

/** How to see the nodes that nothing leads to yet; health is on each node's own engine. */
export function EngineHint({ nodes }: { nodes: NodePicture[] }) {
  const blind = nodes.filter((node) => node.engine.state === 'unconfigured');
  if (blind.length === 0) return null;
  const names = blind.slice(0, 3).map((node) => node.hostname);
  const others = blind.length - names.length;
  return (
    <aside className="panel hint s-unknown" aria-label={en.enginesThatAreNotConfigured}>
      <span className="status-word">
        <span className="status-glyph" aria-hidden="true" />
      </span>
      <p>
        <b>The health of {blind.length === 1 ? 'one node' : plural(blind.length, 'node')} cannot be seen</b> (
        {names.join(', ')}
        {others > 0 && ` and ${others} more`}): Docker keeps it on each node's own engine, and nothing leads
        there. Replicas there are shown as unknown. Deploy the stack, which puts an agent beside each engine (
        <code>{en.dockerStackDeployCStack}</code>), or set <code>VITALS_ENGINES</code>, for example to{' '}
        <code>tcp://{'{addr}'}:2375</code>, and restart this server.
      </p>
    </aside>
  );
}
