import type { Metadata } from 'next';
import { PastNothing } from '#components/moment/past-views.tsx';
import { SilenceList } from '#components/silences/silence-list.tsx';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import type { PastQuery } from '#lib/server/past/read-at.ts';
import { readSilenceScope } from '#lib/server/silences/may-silence.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/silences.ts';

export const dynamic = 'force-dynamic';

export const metadata: Metadata = { title: words.title };

/** What nobody wants to be told of, and what was silenced lately. */
export default async function SilencesPage({ searchParams }: PastQuery) {
  if ((await searchParams).at !== undefined)
    return <PastNothing title={words.title} liveHref={toPath('/silences')} />;
  const vitals = await getVitals();
  const { elsewhere } = vitals.silences;
  const page = await unlessNotRead(vitals.silences.list());
  if (page === 'not-read') return <WaitThenRefresh />;
  return (
    <div className="page silences-page">
      <DetailHead
        hasPast={false}
        trail={[{ text: words.title }]}
        title={words.title}
        sentence={words.intro}
      />
      {elsewhere !== null && <p className="text-muted">{words.elsewhere(elsewhere)}</p>}
      <SilenceList initial={page} scope={await readSilenceScope(vitals)} />
    </div>
  );
}
