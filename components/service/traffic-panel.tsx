'use client';
import { Fragment, useState } from 'react';
import { CopyButton } from '#components/copy/copy-button.tsx';
import { Age, ClockTime } from '#components/live/times.tsx';
import { useMore } from '#components/ui/more.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useHistory } from '#lib/client/hooks/use-history.ts';
import { useTimeFrame } from '#lib/client/hooks/use-time-frame.ts';
import { keys } from '#lib/client/live/keys.ts';
import type { PortHistory, ServiceHistory } from '#lib/model/contract/history.ts';
import type { PortOnNode, ServiceTraffic, TrafficPort } from '#lib/model/contract/traffic.ts';
import { toPortCommand } from '#lib/view/copy/to-docker-commands.ts';
import type { TimeFrame, TimeWindow } from '#lib/view/history/time-frame.ts';
import {
  chooseColumns,
  describeFolded,
  orderPorts,
  type PortCell,
  toPortCell,
} from '#lib/view/service/port-cell.ts';
import { type StripTone, toStrip } from '#lib/view/service/port-strip.ts';
import { theCommand } from '#words/pages/copy.ts';
import * as words from '#words/pages/traffic.ts';

const PIECES = 24;
const MAX_ROWS = 20;
const TONES: Readonly<Record<PortCell['tone'], string>> = {
  good: 's-healthy',
  warn: 's-failing',
  bad: 's-unhealthy',
  moving: 's-starting',
  none: '',
};
const STRIP_TONES: Readonly<Record<StripTone, string>> = {
  good: 's-healthy',
  warn: 's-failing high',
  bad: 's-unhealthy high',
  unknown: 's-unknown',
};

interface TrafficPanelProps {
  serviceName: string;
  traffic: ServiceTraffic;
  intervalMs: number | null;
  version: unknown;
  initial: ServiceHistory | null;
  /** What is shown when the address does not say. */
  home: TimeFrame;
}

/** What each published port answers on each node, as this server sees it, with how it was. */
export function TrafficPanel(props: TrafficPanelProps) {
  const { serviceName, traffic, intervalMs, version, initial, home } = props;
  const [isAll, setAll] = useState(false);
  const [frame] = useTimeFrame(home);
  const { data } = useHistory<ServiceHistory>(
    keys.serviceHistory(serviceName),
    frame,
    intervalMs,
    version,
    initial,
  );
  const { shown, folded } = chooseColumns(traffic, isAll);
  const { shown: ports, more } = useMore(orderPorts(traffic.ports, MAX_ROWS), MAX_ROWS);
  const count = shown.length + folded.length;
  const cells = traffic.ports.flatMap(({ nodes }) => nodes);
  const lastMs = cells.reduce((last, { atMs }) => Math.max(last, atMs ?? 0), 0);
  const viewers = cells.reduce((most, { seenFrom }) => Math.max(most, seenFrom.nodes), 0);
  const hostOf = new Map(cells.map(({ nodeId, hostname }) => [nodeId, hostname]));
  const window = frame.kind === 'fixed' ? frame : (data ?? null);
  const rows = { shown, folded: new Set(folded), past: data?.ports ?? [], window };
  const isChecked = traffic.rotation === 'checked';
  return (
    <Panel
      title={words.title}
      note={
        <span className="traffic-note">
          <b className={`status-word ${isChecked ? 's-healthy' : 's-unknown'}`}>
            {isChecked ? words.checked : words.inferred}
          </b>
          {lastMs > 0 && (
            <span>
              <Age atMs={lastMs} form="short" />
            </span>
          )}
          <span className="traffic-tag">{viewers === 0 ? words.fromHere : words.fromNodes(viewers)}</span>
        </span>
      }
    >
      <div className="traffic-scroll">
        <table className="traffic" aria-label={words.tableLabel}>
          <thead>
            <tr>
              <th scope="col">{words.port}</th>
              {shown.map((id) => (
                <th key={id} scope="col" title={hostOf.get(id)}>
                  {hostOf.get(id)}
                </th>
              ))}
              {folded.length > 0 && <th scope="col">{words.others(folded.length)}</th>}
            </tr>
          </thead>
          <tbody>
            {ports.map((port) => (
              <PortRow key={`${port.published} ${port.target} ${port.protocol}`} port={port} {...rows} />
            ))}
          </tbody>
        </table>
      </div>
      {more}
      <p className="traffic-foot">
        <span>{words.strip}</span>
        <span className="traffic-key s-healthy">{words.allAnswered}</span>
        <span className="traffic-key high s-failing">{words.someDid}</span>
        <span className="traffic-key high s-unhealthy">{words.noneDid}</span>
        {traffic.moreNodes > 0 && <span>{words.moreNodes(traffic.moreNodes)}</span>}
        {(folded.length > 0 || isAll) && (
          <button type="button" className="traffic-all" aria-pressed={isAll} onClick={() => setAll(!isAll)}>
            {isAll ? words.showFew : words.showAll(count)}
          </button>
        )}
      </p>
      <ByHand traffic={traffic} />
    </Panel>
  );
}

interface PortRowProps {
  port: TrafficPort;
  shown: readonly string[];
  folded: ReadonlySet<string>;
  past: readonly PortHistory[];
  window: TimeWindow | null;
}

function PortRow({ port, shown, folded, past, window }: PortRowProps) {
  const { published, target, protocol, mode, ask, unchecked, through, nodes } = port;
  const columns = shown.length + (folded.size > 0 ? 1 : 0);
  const byNode = new Map(nodes.map((on) => [on.nodeId, on]));
  return (
    <tr>
      <th scope="row">
        <b>{published ?? '–'}</b> → {target}/{protocol}
        <small>
          {mode === 'host' ? words.hostMode : words.mesh}
          {ask?.kind === 'http' && (
            <>
              , {words.http} <code>{ask.path}</code>
            </>
          )}
          {ask?.kind === 'tls' && `, ${words.handshake}`}
          {ask?.kind === 'tcp' && `, ${words.tcpOnly}`}
        </small>
        {through !== null && (
          <small className={through.answering < through.of ? 's-failing text-tone' : undefined}>
            {words.through(through.answering, through.of, mode === 'ingress')}
          </small>
        )}
      </th>
      {unchecked !== null ? (
        <td colSpan={Math.max(1, columns)} className="traffic-none">
          {words.UNCHECKED[unchecked]}
        </td>
      ) : (
        <>
          {shown.map((id) => {
            const on = byNode.get(id);
            return on === undefined ? (
              <td key={id} />
            ) : (
              <Cell key={id} on={on} port={port} past={past} window={window} />
            );
          })}
          {folded.size > 0 && (
            <td data-on={words.otherNodes}>
              {describeFolded(port, folded).map((cell) => (
                <Fragment key={cell.word}>
                  <CellWord cell={cell} />
                  <small>{cell.note}</small>
                </Fragment>
              ))}
            </td>
          )}
        </>
      )}
    </tr>
  );
}

function CellWord({ cell: { tone, word } }: { cell: PortCell }) {
  if (tone === 'none') return <span className="text-faint">{word}</span>;
  return (
    <span className={`status-word ${TONES[tone]}`}>
      <i className="status-glyph" aria-hidden="true" />
      {word}
    </span>
  );
}

function Cell({
  on,
  port,
  past,
  window,
}: Pick<PortRowProps, 'port' | 'past' | 'window'> & { on: PortOnNode }) {
  const cell = toPortCell(on, port.ask);
  const spans = past.find(
    ({ port: number, nodeId }) => number === port.published && nodeId === on.nodeId,
  )?.spans;
  const isHot = cell.tone === 'bad' || cell.tone === 'warn';
  return (
    <td
      className={isHot ? `traffic-hot ${TONES[cell.tone]}` : undefined}
      data-on={on.hostname}
      data-answer={on.notAsked ?? on.state ?? 'unknown'}
    >
      <CellWord cell={cell} />
      <small>
        {cell.note}
        {cell.sinceMs !== null && (
          <>
            {cell.note === '' ? `${words.since} ` : `, ${words.since} `}
            <ClockTime atMs={cell.sinceMs} nearMs={on.atMs} />
          </>
        )}
      </small>
      <Views on={on} />
      {window !== null && spans !== undefined && (
        <span className="traffic-strip" aria-hidden="true">
          {toStrip(spans, window, PIECES).map((tone, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece of time is its place.
            <i key={i} className={STRIP_TONES[tone]} />
          ))}
        </span>
      )}
    </td>
  );
}

/** As agents see it: from where it does not answer, else from how many it does. */
function Views({ on: { views, seenFrom } }: { on: PortOnNode }) {
  if (seenFrom.nodes === 0) return null;
  const lost = views.filter(({ state }) => state !== 'answers');
  const more = seenFrom.nodes - seenFrom.answering - lost.length;
  const [first] = lost;
  const isAll =
    seenFrom.answering === 0 && lost.length > 1 && lost.every(({ state }) => state === first?.state);
  return (
    <small className="traffic-views" data-from={`${seenFrom.answering}/${seenFrom.nodes}`}>
      {isAll && first !== undefined ? (
        <span>
          <b>{words.VIEWS[first.state]}</b> {words.fromAll(seenFrom.nodes)}
        </span>
      ) : (
        <>
          {lost.map(({ nodeId, hostname, state, sinceMs, atMs }) => (
            <span key={nodeId}>
              {words.fromNode(hostname)} <b>{words.VIEWS[state]}</b>, {words.since}{' '}
              <ClockTime atMs={sinceMs} nearMs={atMs} />
            </span>
          ))}
          {more > 0 && <span>{words.moreViews(more)}</span>}
          <span>{words.answersFrom(seenFrom.answering, seenFrom.nodes)}</span>
        </>
      )}
    </small>
  );
}

/** The same by hand, of the first port that is asked: on the node where it is worst. */
function ByHand({ traffic }: { traffic: ServiceTraffic }) {
  const port = traffic.ports.find(({ ask }) => ask !== null);
  if (port?.published == null) return null;
  const ranks = port.nodes.toSorted((a, b) => rank(b, port) - rank(a, port));
  const [worst] = ranks;
  // Other machines seldom know nodes by their names.
  const host = worst?.address ?? worst?.hostname ?? 'NODE';
  const command = toPortCommand(port, host);
  return (
    <p className="traffic-hand">
      <span className="text-muted">{words.byHand}</span>
      <code>{command}</code>
      <CopyButton label={words.copy} what={theCommand(words.byHand)} toText={() => command} />
    </p>
  );
}

function rank(on: PortOnNode, { ask }: TrafficPort): number {
  return { bad: 3, warn: 2, moving: 1, good: 0, none: -1 }[toPortCell(on, ask).tone];
}
