import type { Report } from '#lib/model/contract/report.ts';
import { formatMarkdownTable, formatMarkdownText } from '#lib/view/format/format-markdown.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import {
  chooseRows,
  countRestarts,
  describeCauses,
  describeDown,
  describeReport,
  describeShare,
} from '#lib/view/report/to-report-page.ts';
import * as words from '#words/pages/reports.ts';

const MAX_ROWS = 60;

/** A report as Markdown, for a mail or a ticket, in UTC: those with something to say, the worst first. */
export function formatReportMarkdown(
  report: Report,
  { swarm, permalink }: { swarm: string; permalink: string },
): string {
  const { scope, days, fromMs, untilMs, services } = report;
  const { rows, quiet, count } = chooseRows(services, { isWorstFirst: true, isAll: false });
  const shown = rows
    .slice(0, MAX_ROWS)
    .map(({ name, uptime, incidents, restarts, slo }) => [
      formatMarkdownText(name),
      `${describeShare(uptime.percent)} ${describeDown(uptime)}`.trim(),
      String(incidents.count),
      countRestarts(restarts) === 0 ? words.none : formatMarkdownText(describeCauses(restarts)),
      slo === null ? words.noTarget : `${slo.target} %: ${words.states[slo.state]}`,
    ]);
  const left = quiet + count - shown.length;
  const parts = [
    `# ${formatMarkdownText(words.heading(scope.service ?? scope.stack ?? swarm, days))}`,
    `${formatMoment(fromMs, 'utc')} ${words.until} ${formatMoment(untilMs, 'utc')}. ${formatMarkdownText(describeReport(report))}`,
    formatMarkdownTable([words.service, words.uptime, words.incidents, words.restarts, words.slo], shown),
    left === 0 ? null : words.notListed(left),
    `<${permalink}>`,
  ];
  return `${parts.filter((part) => part !== null).join('\n\n')}\n`;
}
