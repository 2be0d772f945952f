import type { PortOnNode, ServiceTraffic, TrafficPort } from '#lib/model/contract/traffic.ts';
import type { CheckAsk } from '#lib/model/docker/port-check.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import * as words from '#words/pages/traffic.ts';

/** How one port on one node is shown: a word with its tone, and what stands under it. */
export interface PortCell {
  tone: 'good' | 'bad' | 'warn' | 'moving' | 'none';
  word: string;
  note: string;
  /** Our clock, since when, where that is to be said. */
  sinceMs: number | null;
}

/** What a cell of the table says. Red and amber are for what a finding says, too; one failed round alone is none. */
export function toPortCell(on: PortOnNode, ask: CheckAsk | null): PortCell {
  const none = (word: string, note: string): PortCell => ({ tone: 'none', word, note, sinceMs: null });
  if (on.notAsked === 'no-replica') return none('–', words.REASONS[on.notAsked]);
  if (on.notAsked !== null) return none(words.notAsked, words.REASONS[on.notAsked]);
  if (on.atMs === null) return none('–', words.soon);
  const failed = on.asked - on.answered;
  const share = words.ofLast(failed, on.asked);
  if (failed === 0 && on.wrong !== null && on.state !== 'partly') return none(words.connects, words.noMore);
  const how =
    on.failure === null
      ? ''
      : on.failure === 'wrong'
        ? words.describeWrong(on.wrong)
        : words.FAILURES[on.failure];
  if (on.expects === 'nothing')
    return failed === 0
      ? { ...toGood(on, ask), tone: 'warn', note: words.noReplicaUp }
      : none(how, words.noReplicaUp);
  if (failed === 0 && on.state !== 'partly') return toGood(on, ask);
  const word = on.answered > 0 && failed > 0 ? share : how || share;
  if (on.expects === null) return { tone: 'moving', word, note: words.changing, sinceMs: null };
  if (on.state === 'partly') {
    const note = how === '' ? words.someDid : how;
    return { tone: 'warn', word: failed === 0 ? words.someDid : share, note, sinceMs: on.sinceMs };
  }
  if (on.state === null || on.state === 'answers')
    return { tone: 'moving', word, note: on.answered > 0 ? how : words.once, sinceMs: null };
  return { tone: 'bad', word, note: '', sinceMs: on.sinceMs };
}

function toGood({ ms, status }: PortOnNode, ask: CheckAsk | null): PortCell {
  const note = status !== null ? String(status) : ask?.kind === 'tls' ? words.handshake : words.connects;
  return { tone: 'good', word: ms === null ? words.connects : formatMs(ms), note, sinceMs: null };
}

/** As they are published, where a table has room for all; else those with something wrong first. */
export function orderPorts(ports: readonly TrafficPort[], room: number): readonly TrafficPort[] {
  if (ports.length <= room) return ports;
  const isWrong = ({ nodes, ask }: TrafficPort) =>
    nodes.some((on) => ['bad', 'warn'].includes(toPortCell(on, ask).tone));
  const wrong = new Set(ports.filter(isWrong));
  return [...wrong, ...ports.filter((port) => !wrong.has(port))];
}

/** `3 ms`; under one, `0.4 ms`. */
function formatMs(ms: number): string {
  return ms < 0.95 ? `${Math.max(0.1, ms).toFixed(1)} ms` : formatDuration(ms);
}

/** As many columns as can be read beside each other. */
const MAX_COLUMNS = 8;
/** Of more nodes so many, and the others together. */
const FEW_COLUMNS = 6;

/**
 * The nodes that have a column of their own: all of them where they are few; else those where something is wrong, then
 * those that are not like most.
 */
export function chooseColumns(
  traffic: ServiceTraffic,
  isAll: boolean,
): { shown: string[]; folded: string[] } {
  const all = traffic.ports.find(({ nodes }) => nodes.length > 0)?.nodes.map(({ nodeId }) => nodeId) ?? [];
  if (isAll || all.length <= MAX_COLUMNS) return { shown: all, folded: [] };
  const ranks = new Map(all.map((id) => [id, 0]));
  for (const { nodes, ask } of traffic.ports)
    for (const on of nodes) {
      const { tone } = toPortCell(on, ask);
      const rank = { bad: 4, warn: 3, moving: 2, none: 1, good: 0 }[tone];
      ranks.set(on.nodeId, Math.max(ranks.get(on.nodeId) ?? 0, rank));
    }
  const rankOf = (id: string) => ranks.get(id) ?? 0;
  const own = new Set(
    all
      .filter((id) => rankOf(id) >= 2)
      .sort((a, b) => rankOf(b) - rankOf(a))
      .slice(0, FEW_COLUMNS),
  );
  for (const id of all) if (own.size < FEW_COLUMNS) own.add(id);
  return { shown: all.filter((id) => own.has(id)), folded: all.filter((id) => !own.has(id)) };
}

/** What a port says on the nodes that have no column: how many answer, and how fast. */
export function describeFolded({ nodes, ask }: TrafficPort, folded: ReadonlySet<string>): PortCell[] {
  const cells = nodes
    .filter(({ nodeId }) => folded.has(nodeId))
    .map((on) => ({ on, cell: toPortCell(on, ask) }));
  const good = cells.filter(({ cell }) => cell.tone === 'good');
  const rest = Map.groupBy(
    cells.filter(({ cell }) => cell.tone !== 'good'),
    ({ cell }) => `${cell.tone} ${cell.note}`,
  );
  const times = good.flatMap(({ on }) => on.ms ?? []).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  const span =
    first === undefined || last === undefined
      ? ''
      : formatMs(first) === formatMs(last)
        ? formatMs(first)
        : `${formatMs(first)} – ${formatMs(last)}`;
  const answering: PortCell[] =
    good.length === 0
      ? []
      : [{ tone: 'good', word: `${good.length} × ${good[0]?.cell.note ?? ''}`, note: span, sinceMs: null }];
  const others = [...rest.values()].flatMap(([one, ...more]): PortCell[] =>
    one === undefined
      ? []
      : [{ ...one.cell, word: `${1 + more.length} × ${one.cell.word}`, note: one.cell.note, sinceMs: null }],
  );
  return [...answering, ...others];
}
