import type { IncidentDetail } from '#lib/model/contract/incident.ts';
import type { SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import {
  formatMarkdownBlock,
  formatMarkdownCodeCell,
  formatMarkdownTable,
  formatMarkdownText,
} from '#lib/view/format/format-markdown.ts';
import { formatMoment, formatSpan } from '#lib/view/format/times.ts';
import { foldEvents } from '#lib/view/incident/fold-events.ts';
import * as words from '#words/pages/incident.ts';

const MAX_EVENTS = 40;
const MAX_SERVICES = 30;

const moment = (ms: number) => formatMoment(ms, 'utc');

/** An incident as Markdown, for a ticket or a chat, in UTC. All that others wrote is escaped or fenced. */
export function formatIncidentCourse(
  { incident, events, before }: IncidentDetail,
  { swarm, permalink }: { swarm: string; permalink: string },
): string {
  const { title, course, startedAtMs, endedAtMs, reason } = incident;
  const parts = [
    `# ${formatMarkdownText(title)}, ${moment(startedAtMs)}`,
    `${formatMarkdownText([`${swarm}: ${title}`, ...course].join(' → '))}. ${endedAtMs === null ? words.isOpen : words.isOver}`,
    reason.sentence === null ? null : formatMarkdownText(reason.sentence),
    reason.evidence === null || reason.evidence.text.trim() === ''
      ? null
      : `${formatMarkdownText(reason.evidence.label)}:\n\n${formatMarkdownBlock(reason.evidence.text)}`,
    formatEvents(events, startedAtMs),
    formatServices(incident),
    before.length === 0
      ? words.markdownNothingBefore
      : words.markdownBefore(
          before.map((event) => `- ${moment(event.atMs)}: ${formatMarkdownText(event.text)}`).join('\n'),
        ),
    `<${permalink}>`,
  ];
  return `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
}

function formatEvents(events: readonly SwarmEvent[], startedAtMs: number): string | null {
  if (events.length === 0) return null;
  const folded = foldEvents(events);
  const half = MAX_EVENTS / 2;
  const shown = folded.length <= MAX_EVENTS ? folded : [...folded.slice(0, half), ...folded.slice(-half)];
  const rows = shown.map(({ event, times }) => [
    moment(event.atMs).slice(11, 19),
    formatOffset(event.atMs - startedAtMs),
    `${formatMarkdownText(event.text)}${times > 1 ? ` (×${times})` : ''}`,
  ]);
  return words.markdownEvents(formatMarkdownTable(['UTC', words.after, words.what], rows));
}

function formatServices({ services, counts }: IncidentDetail['incident']): string | null {
  if (services.length < 2) return null;
  const rows = services
    .slice(0, MAX_SERVICES)
    .map(({ name, replicas, fromMs, untilMs, sentence }) => [
      formatMarkdownCodeCell(name),
      String(replicas),
      untilMs === null ? words.notYet : formatSpan(untilMs - fromMs),
      formatMarkdownText(sentence ?? ''),
    ]);
  const table = formatMarkdownTable([words.service, words.replicas, words.wholeAfter, words.why], rows);
  const hidden = counts.services - rows.length;
  return words.markdownServices(hidden > 0 ? `${table}\n\n${words.notListed(hidden)}` : table);
}

/** `−15 s`, `0 s`, `+42 s`. */
export function formatOffset(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds === 0) return '0 s';
  return `${seconds < 0 ? '−' : '+'}${formatSpan(Math.abs(seconds) * 1_000)}`;
}
