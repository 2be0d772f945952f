import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NoMoment, PastOfOne } from '#components/moment/past-views.tsx';
import { ServiceView } from '#components/service/service-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { askInFrame } from '#lib/server/answers/ask-in-frame.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { maySilence } from '#lib/server/silences/may-silence.ts';
import { findServiceKnown } from '#lib/view/history/first-frame.ts';
import { SERVICE_USUAL_MS } from '#lib/view/history/time-frame.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toServiceHref } from '#lib/view/links/to-href.ts';
import * as moment from '#words/pages/moment.ts';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: readName((await params).name) };
}

/** One service. */
export default async function ServicePage({ params, searchParams }: Params) {
  const name = readName((await params).name);
  const vitals = await getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const query = await searchParams;
  const at = await readAt(vitals, query);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    const liveHref = toServiceHref(name);
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={liveHref} />;
    const service = await vitals.history.findAt(name, asked.atMs);
    if (service === null) notFound();
    const past = await vitals.moment.read(asked.atMs, service.id);
    return (
      <PastOfOne
        title={service.name}
        atMs={asked.atMs}
        past={past}
        liveHref={liveHref}
        notKept={moment.notKeptService}
      />
    );
  }
  const position = { epoch: vitals.epoch, revision: vitals.picture().revision };
  const detail = await unlessNotRead(vitals.serviceDetail(name));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const { history, home } = await askInFrame({
    query,
    usualMs: SERVICE_USUAL_MS,
    ask: (window) => vitals.history.service(name, window),
    findKnown: findServiceKnown,
    nowMs: Date.now(),
  });
  return (
    <ServiceView
      key={name}
      name={name}
      initial={detail}
      position={position}
      history={history}
      home={home}
      mayBeSilenced={await maySilence(vitals, 'service', detail.stack)}
      logs={vitals.logs?.mayRead(name) === true}
      usage={vitals.usage.isOn}
    />
  );
}
