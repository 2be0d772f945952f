import type { ServiceDetail, TaskDetail } from '#lib/model/contract/detail.ts';
import type { Evidence } from '#lib/model/contract/diagnosis.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { isEnded } from '#lib/model/docker/task.ts';
import {
  formatMarkdownBlock,
  formatMarkdownCode,
  formatMarkdownCodeCell,
  formatMarkdownTable,
  formatMarkdownText,
} from '#lib/view/format/format-markdown.ts';
import { formatDuration, formatMoment, formatSpan } from '#lib/view/format/times.ts';
import { toTaskSpan } from '#lib/view/history/time-frame.ts';
import { toEvidence } from '#lib/view/overview/overview-problems.ts';
import { findProblemPages } from '#lib/view/overview/problem-pages.ts';
import { describeCounts } from '#lib/view/overview/summary.ts';
import { describeProbe } from '#lib/view/replica/probe.ts';
import * as words from '#words/pages/copy.ts';
import { describeTaskEnd } from '#words/task-end.ts';

/** What an incident says beside the picture. */
export interface IncidentContext {
  /** Our clock, epoch ms. */
  nowMs: number;
  /** The address of the page that it is copied from. */
  permalink: string;
}

const MAX_PROBES = 8;
const MAX_ENDS = 5;
const MAX_REPLICAS = 12;
const MAX_OUTPUT = 120;

type Part = string | null;

const join = (parts: Part[]) => `${parts.filter((part) => part !== null && part !== '').join('\n\n')}\n`;
const moment = (ms: number) => formatMoment(ms, 'utc');

function formatEvidence(evidence: Evidence | null): Part {
  if (evidence === null || evidence.text.trim() === '') return null;
  return `${formatMarkdownText(evidence.label)}:\n\n${formatMarkdownBlock(evidence.text)}`;
}

function formatFacts(facts: [name: string, value: string | null][]): string {
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `- ${name}: ${value}`)
    .join('\n');
}

function formatProbes(probes: readonly Probe[]): Part {
  if (probes.length === 0) return null;
  const rows = probes
    .slice(-MAX_PROBES)
    .toReversed()
    .map((probe) => [
      moment(probe.startedAtMs),
      formatDuration(probe.durationMs),
      formatMarkdownText(describeProbe(probe).words),
      formatMarkdownText(probe.output.slice(0, MAX_OUTPUT)),
    ]);
  return words.lastProbes(formatMarkdownTable([words.started, words.took, words.result, words.output], rows));
}

function formatEnds(tasks: readonly TaskDetail[]): Part {
  const ended = tasks.filter(({ state }) => isEnded(state)).slice(0, MAX_ENDS);
  if (ended.length === 0) return null;
  const lines = ended.map((task) => {
    const { cause, detail } = describeTaskEnd(task);
    const { endedAtMs } = toTaskSpan(task);
    const why = [cause, detail].filter((part) => part !== null).join(', ');
    const at = endedAtMs === null ? '' : `${moment(endedAtMs)}: `;
    const place = task.hostname === null ? '' : ` on ${formatMarkdownCode(task.hostname)}`;
    return `- ${at}${formatMarkdownText(why)} (task ${formatMarkdownCode(task.id)}${place})`;
  });
  return words.earlierEnds(lines.join('\n'));
}

function formatSince(sinceMs: number, nowMs: number): string {
  return `${moment(sinceMs)} (${formatSpan(nowMs - sinceMs)})`;
}

const code = (text: string | null) => (text === null ? null : formatMarkdownCode(text));

/** One replica as Markdown, for a ticket or a chat. All that others wrote is escaped or fenced. */
export function formatReplicaIncident(
  serviceName: string,
  replica: Replica,
  tasks: { probes: readonly Probe[]; earlier: readonly TaskDetail[] },
  { nowMs, permalink }: IncidentContext,
): string {
  const place = replica.slot === null ? ` on ${replica.hostname ?? replica.key}` : `.${replica.slot}`;
  return join([
    `## ${formatMarkdownText(serviceName + place)}: ${replica.status}`,
    replica.sentence === null ? null : formatMarkdownText(replica.sentence),
    formatFacts([
      [words.since, formatSince(replica.sinceMs, nowMs)],
      [words.node, code(replica.hostname)],
      [words.image, code(replica.image)],
      [words.task, code(replica.taskId)],
      [words.container, code(replica.containerId)],
      [words.page, `<${permalink}>`],
    ]),
    formatEvidence(replica.evidence),
    formatProbes(tasks.probes),
    formatEnds(tasks.earlier),
  ]);
}

function formatReplicas(replicas: readonly Replica[]): Part {
  if (replicas.length === 0) return null;
  const rows = replicas
    .slice(0, MAX_REPLICAS)
    .map(({ key, slot, status, sinceMs, hostname, taskId, sentence }) => [
      formatMarkdownCodeCell(slot === null ? key : `${slot}`),
      status,
      moment(sinceMs),
      hostname === null ? '' : formatMarkdownCodeCell(hostname),
      taskId === null ? '' : formatMarkdownCodeCell(taskId),
      formatMarkdownText(sentence ?? ''),
    ]);
  const table = formatMarkdownTable(
    [words.replica, words.status, words.since, words.node, words.task, words.why],
    rows,
  );
  const hidden = replicas.length - MAX_REPLICAS;
  return hidden > 0 ? `${table}\n\n${words.moreReplicas(hidden)}` : table;
}

/** One service as Markdown; `slots` where they are known. All that others wrote is escaped or fenced. */
export function formatServiceIncident(
  service: ServicePicture,
  slots: ServiceDetail['slots'] | null,
  { nowMs, permalink }: IncidentContext,
): string {
  const affected = findProblemPages({ services: [service], nodes: [], findings: [] }).flatMap((problem) =>
    problem.kind === 'replica' ? [problem.replica] : [],
  );
  const worst = affected[0];
  const tasks = (slots ?? []).flatMap((slot) => slot.tasks);
  const ended = tasks
    .filter(({ state }) => isEnded(state))
    .sort((a, b) => (toTaskSpan(b).endedAtMs ?? 0) - (toTaskSpan(a).endedAtMs ?? 0));
  const probes = tasks.find(({ id }) => id === worst?.taskId)?.probes ?? [];
  return join([
    `## ${formatMarkdownText(service.name)}: ${service.verdict}, ${describeCounts(service)}`,
    formatMarkdownText(service.sentence),
    formatFacts([
      [words.since, formatSince(service.sinceMs, nowMs)],
      [words.image, code(service.image)],
      [words.service, code(service.id)],
      [words.page, `<${permalink}>`],
    ]),
    formatEvidence(toEvidence(service)),
    formatReplicas(affected),
    formatProbes(probes),
    formatEnds(ended),
  ]);
}
