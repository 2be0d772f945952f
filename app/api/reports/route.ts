import { selectReport } from '#lib/model/derive/report/derive-report.ts';
import { toLateHistory } from '#lib/server/answers/answer-within.ts';
import { parseReportQuery } from '#lib/server/answers/parse-report-query.ts';
import { answerQuery } from '#lib/server/answers/queries.ts';
import { streamLines } from '#lib/server/answers/stream-lines.ts';
import { toJson } from '#lib/server/answers/to-json.ts';
import { toMarkdown, toPermalink } from '#lib/server/answers/to-markdown.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { formatReportMarkdown } from '#lib/view/copy/format-report-markdown.ts';
import { toReportHref } from '#lib/view/links/to-href.ts';
import { formatReportCsv, formatReportJson, toReportFile } from '#lib/view/report/format-report.ts';
import * as words from '#words/pages/reports.ts';

export const dynamic = 'force-dynamic';

/** `GET /api/reports`: how long services were up, and what was wrong with them, over some days; as JSON, CSV or Markdown. */
export function GET(request: Request): Promise<Response> {
  return answerQuery(request, async (query) => {
    const asked = parseReportQuery(query, Date.now());
    const vitals = await getVitals();
    const report = await vitals.reports.report(asked);
    if (report === null) return toJson({ error: toLateHistory(vitals.history.state()).sentence }, 503);
    const selected = selectReport(report, asked);
    if (selected === null) return toJson({ error: words.nothingOfName }, 404);
    if (asked.format === 'json')
      return new Response(streamLines(formatReportJson(selected)), {
        headers: { 'cache-control': 'no-store', 'content-type': 'application/json' },
      });
    if (asked.format === 'md') {
      query.delete('format');
      const permalink = toPermalink(request, toReportHref(Object.fromEntries(query)));
      return toMarkdown(formatReportMarkdown(selected, { swarm: vitals.picture().name, permalink }));
    }
    return new Response(streamLines(formatReportCsv(selected)), {
      headers: {
        'cache-control': 'no-store',
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${toReportFile(selected)}"`,
      },
    });
  });
}
