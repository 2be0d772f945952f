'use client';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { CopyButton } from '#components/copy/copy-button.tsx';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Report } from '#lib/model/contract/report.ts';
import * as words from '#words/pages/reports.ts';

const AGAIN_MS = 3_000;

interface ReportActionsProps {
  /** Where programs get the same report. */
  api: string;
  swarm: string;
  /** Nothing is kept yet: it is looked for again and again. */
  isEmpty: boolean;
}

/** What one does with a report: print it, or send it. */
export function ReportActions({ api, swarm, isEmpty }: ReportActionsProps) {
  const isHydrated = useHydrated();
  const router = useRouter();
  useEffect(() => {
    if (!isEmpty) return;
    const again = setInterval(() => router.refresh(), AGAIN_MS);
    return () => clearInterval(again);
  }, [isEmpty, router]);
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
