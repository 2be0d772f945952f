import { ByHand } from '#components/copy/by-hand.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { UseBar } from '#components/ui/use-bar.tsx';
import type { NodeDescription } from '#lib/model/contract/node-detail.ts';
import { toResourcesCommand } from '#lib/view/copy/to-docker-commands.ts';
import { toNodeResources } from '#lib/view/node/resources.ts';
import * as words from '#words/pages/nodes.ts';

/** What a node has, what its tasks reserve of it, and what is left to be reserved: nothing while it takes none. */
export function NodeResourcesPanel({
  hostname,
  description,
  takesNone,
}: {
  hostname: string;
  description: NodeDescription;
  takesNone: boolean;
}) {
  const rows = toNodeResources(description);
  return (
    <Panel title={words.resources} note={words.reservedNote}>
      <table className="node-resources" aria-label={words.resources}>
        <thead>
          <tr>
            <th scope="col">{words.what}</th>
            <th scope="col">{words.reserved}</th>
            <th scope="col">{words.ofLabel}</th>
            <th scope="col" className="node-resources-bar">
              <span className="sr-only">{words.share}</span>
            </th>
            <th scope="col">{words.forNewTasks}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ what, reserved, of, free, share }) => (
            <tr key={what} data-resource={what}>
              <td>
                <b>{what}</b>
              </td>
              <td>{reserved}</td>
              <td className="text-muted">{of}</td>
              <td className="node-resources-bar">
                <UseBar used={share ?? 0} of={share === null ? null : 1} hatched />
              </td>
              <td>{takesNone ? words.nothing : free}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="panel-foot">{words.placedByReserved}</p>
      <ByHand {...toResourcesCommand(hostname)} />
    </Panel>
  );
}
