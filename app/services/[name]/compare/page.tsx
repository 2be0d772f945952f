import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CompareView } from '#components/compare/compare-view.tsx';
import '#components/compare/compare.css';
import { PastFrame } from '#components/moment/past-page.tsx';
import { NoMoment } from '#components/moment/past-views.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { askInFrame } from '#lib/server/answers/ask-in-frame.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { findComparisonKnown } from '#lib/view/compare/to-comparison.ts';
import { parseTimeFrame } from '#lib/view/history/time-frame.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/compare.ts';

export const dynamic = 'force-dynamic';

/** What it shows when its address does not say, and so much is known. */
const USUAL_MS = 3_600_000;
const PAST_WITHIN_MS = 8_000;

interface Params {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: `${readName((await params).name)}: ${words.title}` };
}

/** All replicas of one service beside each other. */
export default async function ComparePage({ params, searchParams }: Params) {
  const name = readName((await params).name);
  const liveHref = `${toServiceHref(name)}/compare`;
  const vitals = await getVitals();
  const at = await readAt(vitals, await searchParams);
  if (at !== null && at.asked.kind !== 'moment')
    return <NoMoment asked={at.asked} knownFromMs={at.knownFromMs} liveHref={liveHref} />;
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await unlessNotRead(vitals.serviceDetail(name));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const query = await searchParams;
  const nowMs = Date.now();
  if (at?.asked.kind === 'moment') {
    const { atMs } = at.asked;
    const frame = { kind: 'fixed', fromMs: atMs - USUAL_MS, untilMs: atMs } as const;
    const past = await answerWithin(vitals.history.compare(name, frame), PAST_WITHIN_MS);
    return (
      <PastFrame atMs={atMs} liveHref={liveHref}>
        <CompareView name={name} past={past} frame={frame} usage={vitals.usage.isOn} isPast />
      </PastFrame>
    );
  }
  const { history, home } = await askInFrame({
    query,
    usualMs: USUAL_MS,
    ask: (window) => vitals.history.compare(name, window),
    findKnown: findComparisonKnown,
    nowMs,
  });
  const frame = parseTimeFrame((one) => [query[one] ?? []].flat()[0] ?? null, home, nowMs);
  return <CompareView name={name} past={history} frame={frame} usage={vitals.usage.isOn} />;
}
