'use client';
import { CopyButton } from '#components/copy/copy-button.tsx';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Report } from '#lib/model/contract/report.ts';
import * as words from '#words/pages/reports.ts';

interface ReportActionsProps {
  /** Where programs get the same report. */
  api: string;
  swarm: string;
}

/** What one does with a report: print it, or send it. */
export function ReportActions({ api, swarm }: ReportActionsProps) {
  const isHydrated = useHydrated();
  const toText = async () => {
    const [{ formatReportMarkdown }, report] = await Promise.all([
      import('#lib/view/copy/format-report-markdown.ts'),
      fetchJson<Report>(api),
    ]);
    return formatReportMarkdown(report, { swarm, permalink: location.href });
  };
  return (
    <span className="report-actions">
      <CopyButton label={words.copyMarkdown} what={words.copyWhat} toText={toText} />
      <button
        type="button"
        className={isHydrated ? 'copy-button' : 'copy-button invisible'}
        onClick={() => print()}
      >
        {words.print}
      </button>
    </span>
  );
}
