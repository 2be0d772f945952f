import { ByHand } from '#components/copy/by-hand.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import { toPortsCommand } from '#lib/view/copy/to-docker-commands.ts';
import { countPorts } from '#words/counts.ts';
import * as words from '#words/pages/service.ts';

const MAX_ROWS = 12;

/** The ports that a service publishes; nothing where it publishes none. */
export function PortsPanel({ detail }: { detail: Pick<ServiceDetail, 'name' | 'ports'> }) {
  const { shown, more } = useMore(detail.ports, MAX_ROWS);
  if (detail.ports.length === 0) return null;
  return (
    <Panel title={words.publishedPorts} note={countPorts(detail.ports.length)}>
      <table className="ports" aria-label={words.publishedPorts}>
        <thead className="sr-only">
          <tr>
            <th scope="col">{words.port}</th>
            <th scope="col">{words.inContainer}</th>
            <th scope="col">{words.how}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ mode, published, target, protocol }) => (
            <tr key={`${mode}${published}${target}${protocol}`} data-port={published ?? 'none'}>
              <td>
                <b>{published ?? words.portNotGiven(mode)}</b>
              </td>
              <td className="font-mono text-[12.5px]">
                <span aria-hidden="true">→ </span>
                {target}/{protocol}
              </td>
              <td className="text-muted">{mode === 'host' ? words.hostMode : words.meshMode}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      <ByHand {...toPortsCommand(detail.name)} />
    </Panel>
  );
}
