'use client';
import { memo } from 'react';
import { Age, ClockTime } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import { useLiveContext, useLiveStatus } from '#lib/client/hooks/use-live.ts';
import type { FleetSaid, FleetSwarm } from '#lib/model/contract/fleet.ts';
import { describeWhy, type FleetRow, type FleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { toFleetPath, toSwarmPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/fleet.ts';
import { StatusBar } from './status-bar.tsx';
import { toSwarmLook } from './swarm-looks.ts';

interface FleetTableProps {
  view: FleetView;
  isBadOnly: boolean;
}

/** The swarms, the worst first; or only those with problems, and those of which nothing is known. */
export function FleetTable({ view: { rows, bad, unknown }, isBadOnly }: FleetTableProps) {
  const uneasy = bad + unknown.length;
  const shown = isBadOnly ? rows.slice(0, uneasy) : rows;
  return (
    <section className="panel min-w-0" aria-labelledby="fleet-swarms">
      <div className="panel-title">
        <h2 id="fleet-swarms">{words.swarms}</h2>
        <span className="fleet-filter">
          <span className="text-[13px] text-muted">{words.worstFirst}</span>
          <FleetFilter all={rows.length} uneasy={uneasy} isBadOnly={isBadOnly} />
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="px-4 py-3.5 text-muted">{rows.length === 0 ? words.noSwarms : words.noneBad}</p>
      ) : (
        <table className="fleet-table">
          <thead>
            <tr>
              <th scope="col">{words.columns.swarm}</th>
              <th scope="col">{words.columns.verdict}</th>
              <th scope="col">{words.columns.why}</th>
              <th scope="col" colSpan={2} className="fleet-number">
                {words.columns.services}
              </th>
              <th scope="col" colSpan={3}>
                {words.columns.replicas}
              </th>
              <th scope="col" colSpan={2} className="fleet-number">
                {words.columns.nodes}
              </th>
              <th scope="col" className="fleet-number fleet-wide">
                {words.columns.managers}
              </th>
              <th scope="col" className="fleet-number fleet-wide">
                {words.columns.docker}
              </th>
              <th scope="col" className="fleet-number">
                {words.columns.data}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <SwarmRow key={row.swarm.name} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Links, so that it works without scripts; with them the address changes alone. */
function FleetFilter({ all, uneasy, isBadOnly }: { all: number; uneasy: number; isBadOnly: boolean }) {
  const toLink = (href: string, text: string, isOn: boolean) => (
    <a
      href={href}
      className="fleet-choice"
      aria-current={isOn ? 'true' : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        history.replaceState(null, '', href);
      }}
    >
      {text}
    </a>
  );
  return (
    <nav aria-label={words.filterLabel} className="fleet-choices">
      {toLink(toFleetPath('/'), words.filterAll(all), !isBadOnly)}
      {toLink(toFleetPath('/?show=problems'), words.filterBad(uneasy), isBadOnly)}
    </nav>
  );
}

const SwarmRow = memo(
  function SwarmRow({ row }: { row: FleetRow }) {
    const { swarm } = row;
    const { name, state, said } = swarm;
    const look = toSwarmLook(row);
    return (
      <tr
        className={look.className}
        data-swarm={name}
        data-tone={row.tone}
        data-state={state}
        data-verdict={row.verdict}
      >
        <th scope="row">
          <a href={toSwarmPath(name, '/')} className="fleet-name" title={name.length > 24 ? name : undefined}>
            {name}
          </a>
        </th>
        <td className="fleet-verdict">
          <StatusWord look={look} />
        </td>
        <td className="fleet-why">
          <Why row={row} />
        </td>
        {said === null ? (
          <td colSpan={9} className="fleet-nothing" />
        ) : (
          <SaidCells said={said} isSilent={state !== 'live'} />
        )}
        <td className="fleet-number fleet-data" data-label={words.columns.data}>
          <DataAge swarm={swarm} />
        </td>
      </tr>
    );
  },
  // The word and the verdict follow from the swarm alone.
  (before, after) => before.row.swarm === after.row.swarm,
);

function SaidCells({ said, isSilent }: { said: FleetSaid; isSilent: boolean }) {
  const { services, replicas, nodes, managers, engines } = said;
  // What was said last counts for nothing: its bar has no colour but that of what is not known.
  const byStatus = isSilent
    ? { ...NO_STATUSES(replicas.byStatus), unknown: replicas.desired }
    : replicas.byStatus;
  return (
    <>
      <td className="fleet-well" data-label={words.columns.services}>
        <b>{formatCount(services.well)}</b>
      </td>
      <td className="fleet-of">{words.ofTotal(formatCount(services.total))}</td>
      <td className="fleet-well" data-label={words.columns.replicas}>
        <b>{formatCount(replicas.healthy)}</b>
      </td>
      <td className="fleet-of">{words.ofTotal(formatCount(replicas.desired))}</td>
      <td className="fleet-bars">
        <StatusBar byStatus={byStatus} />
      </td>
      <td className="fleet-well" data-label={words.columns.nodes}>
        <b>{formatCount(nodes.ready)}</b>
      </td>
      <td className="fleet-of">{words.ofTotal(formatCount(nodes.total))}</td>
      <td className="fleet-number fleet-wide" data-label={words.columns.managers}>
        {managers.total === 0 ? '' : words.ofBoth(managers.reachable, managers.total)}
      </td>
      <td className="fleet-number fleet-wide text-muted" data-label={words.columns.docker}>
        {engines[0]}
        {engines.length > 1 && <span title={engines.join(', ')}> +{engines.length - 1}</span>}
      </td>
    </>
  );
}

const NO_STATUSES = (byStatus: FleetSaid['replicas']['byStatus']) =>
  Object.fromEntries(Object.keys(byStatus).map((status) => [status, 0])) as typeof byStatus;

function Why({ row }: { row: FleetRow }) {
  const { swarm } = row;
  const { clock } = useLiveContext();
  if (swarm.state === 'live' || swarm.said === null || swarm.heardAtMs === null) return describeWhy(row);
  return (
    <>
      {words.why.notHeard} <ClockTime atMs={swarm.heardAtMs} nearMs={clock.nowMs()} />; {describeWhy(row)}
    </>
  );
}

/** How old what is said of it is: of one that is heard, as old as the last word of the server. */
function DataAge({ swarm: { state, heardAtMs } }: { swarm: FleetSwarm }) {
  const { confirmedAtMs } = useLiveStatus();
  if (state === 'live')
    return (
      <span className="text-muted">
        <Age atMs={Math.max(confirmedAtMs, heardAtMs ?? 0)} form="short" />
      </span>
    );
  return (
    <span className="status-word s-unknown">
      <span className="status-glyph" aria-hidden="true" />
      {heardAtMs === null ? words.never : <Age atMs={heardAtMs} />}
    </span>
  );
}
