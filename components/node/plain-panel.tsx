import { ByHand } from '#components/copy/by-hand.tsx';
import { Age } from '#components/live/times.tsx';
import { type Look, STATUS_LOOKS } from '#components/status/looks.ts';
import { ProbeBars } from '#components/status/probe-bars.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { StreakCell } from '#components/status/streak.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { ProbeResult } from '#components/ui/probe-result.tsx';
import type { PlainContainers } from '#lib/model/contract/node-detail.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import { toPlainCommand } from '#lib/view/copy/to-docker-commands.ts';
import { decidePlainStatus, formatContainerPorts } from '#lib/view/node/plain-containers.ts';
import { countMoreContainers } from '#words/counts.ts';
import * as words from '#words/pages/nodes.ts';

const MAX_ROWS = 20;

const toLook = (container: PlainContainer): Look => STATUS_LOOKS[decidePlainStatus(container)];

function Row({ container }: { container: PlainContainer }) {
  const { name, image, health, healthCheck, startedAtMs, createdAtMs, ports, isListedOnly } = container;
  const last = health?.probes.at(-1) ?? null;
  const upMs = startedAtMs ?? createdAtMs;
  return (
    <tr className="plain-row" data-container={name} data-status={decidePlainStatus(container)}>
      <td className="min-w-0">
        <b className="long-name">{name}</b>
        <span className="plain-image">{image}</span>
      </td>
      <td>
        <StatusWord look={toLook(container)} />
        {upMs !== null && (
          <span className="block text-[12.5px] text-faint">
            {words.up} <Age atMs={upMs} form="span" />
          </span>
        )}
      </td>
      <StreakCell
        health={health === null || isListedOnly ? null : { ...health, retries: healthCheck?.retries ?? 0 }}
        className="plain-streak"
      />
      <td className="plain-probes">
        {health !== null && health.probes.length > 0 && (
          <ProbeBars
            probes={health.probes}
            timeoutMs={healthCheck?.timeoutMs ?? 30_000}
            max={5}
            heightPx={20}
          />
        )}
        {last !== null && (
          <span className="text-muted">
            <ProbeResult probe={last} />
          </span>
        )}
      </td>
      <td className="plain-ports">{formatContainerPorts(ports)}</td>
    </tr>
  );
}

/** What runs on a node besides Swarm's containers: in no service's counts. */
export function PlainPanel({ hostname, plain }: { hostname: string; plain: PlainContainers }) {
  const { containers, moreContainers, plainState, plainError } = plain;
  const { shown, more } = useMore(containers, MAX_ROWS);
  if (plainState === 'off') return null;
  return (
    <Panel title={words.plainContainers} note={words.plainNote}>
      {plainState === 'unread' && (
        <p className="px-[18px] py-3.5 text-[13px] text-muted">{words.plainUnread(plainError ?? '')}</p>
      )}
      {plainState === 'read' && containers.length === 0 && (
        <p className="px-[18px] py-3.5 text-[13px] text-muted">{words.noPlain}</p>
      )}
      {containers.length > 0 && (
        <table className="grid-table" aria-label={words.plainContainers}>
          <thead>
            <tr className="plain-head">
              <th scope="col">{words.nameAndImage}</th>
              <th scope="col">{words.status}</th>
              <th scope="col">{words.streak}</th>
              <th scope="col">{words.probes}</th>
              <th scope="col">{words.ports}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((container) => (
              <Row key={container.id} container={container} />
            ))}
          </tbody>
        </table>
      )}
      {more}
      {moreContainers > 0 && (
        <p className="panel-foot">{words.morePlain(countMoreContainers(moreContainers))}</p>
      )}
      <ByHand {...toPlainCommand(hostname)} />
    </Panel>
  );
}
