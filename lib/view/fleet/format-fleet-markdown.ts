import { formatMarkdownTable, formatMarkdownText } from '#lib/view/format/format-markdown.ts';
import { formatMoment, formatSpan } from '#lib/view/format/times.ts';
import { ofTotal } from '#words/counts.ts';
import * as words from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { describeWhy, type FleetRow, type FleetView } from './to-fleet-view.ts';

interface FleetMarkdownFacts {
  nowMs: number;
  /** When the server was last heard, where it is not any more; `null`: it is. */
  lostSinceMs: number | null;
  permalink: string;
}

/** How all swarms are as Markdown, for a mail or a ticket, in UTC: the worst first. */
export function formatFleetMarkdown(
  view: FleetView,
  { nowMs, lostSinceMs, permalink }: FleetMarkdownFacts,
): string {
  const { columns } = words;
  const head = [
    columns.swarm,
    columns.verdict,
    columns.why,
    columns.services,
    columns.replicas,
    columns.nodes,
    columns.data,
  ];
  const problems = view.problems.map(
    ({ swarm, problem: { name, sentence, sinceMs } }) =>
      `- ${formatMarkdownText(swarm)}: **${formatMarkdownText(name)}** ${formatMarkdownText(sentence)}${
        sinceMs === null ? '' : ` (${words.since} ${formatSpan(nowMs - sinceMs)})`
      }`,
  );
  const more = view.problemCount - view.problems.length;
  const parts = [
    `# ${allSwarms}: ${lostSinceMs === null ? formatMarkdownText(view.sentence) : words.notKnown}`,
    formatMoment(nowMs, 'utc'),
    lostSinceMs === null ? null : words.notLive(formatMoment(lostSinceMs, 'utc')),
    formatMarkdownTable(
      head,
      view.rows.map((row) => toCells(row, nowMs, lostSinceMs)),
    ),
    problems.length === 0 ? null : `## ${words.worstProblems}`,
    problems.length === 0 ? null : problems.join('\n'),
    more > 0 ? words.moreProblems(more) : null,
    `<${permalink}>`,
  ];
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}

function toCells(row: FleetRow, nowMs: number, lostSinceMs: number | null): string[] {
  const { name, state, said } = row.swarm;
  const isHeard = state === 'live';
  const isLive = isHeard && lostSinceMs === null;
  const heardAtMs = isHeard ? (lostSinceMs ?? row.swarm.heardAtMs) : row.swarm.heardAtMs;
  // What was said last is no count of now.
  const of = (well: number, total: number) => (isLive ? ofTotal(well, total) : '?');
  const why = isLive || heardAtMs === null ? '' : `${words.why.notHeard} ${formatMoment(heardAtMs, 'utc')}; `;
  return [
    formatMarkdownText(name),
    isHeard && !isLive ? words.notKnown : row.word,
    formatMarkdownText(`${why}${describeWhy(row)}`),
    said === null ? '?' : of(said.services.well, said.services.total),
    said === null ? '?' : of(said.replicas.healthy, said.replicas.desired),
    said === null ? '?' : of(said.nodes.ready, said.nodes.total),
    isLive ? words.now : heardAtMs === null ? words.never : words.old(formatSpan(nowMs - heardAtMs)),
  ];
}
