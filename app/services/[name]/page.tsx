import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ServiceView } from '#components/service/service-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { answerWithin } from '#lib/server/answer-within.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readWindow } from '#lib/server/queries.ts';
import { SERVICE_FRAME } from '#lib/view/history/time-frame.ts';
import { readName } from '#lib/view/links/read-name.ts';

export const dynamic = 'force-dynamic';

const HISTORY_WITHIN_MS = 400;

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
  const vitals = getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const position = { epoch: vitals.epoch, revision: vitals.picture().revision };
  const detail = await vitals.serviceDetail(name);
  if (detail === null) notFound();
  const window = readWindow(await searchParams, SERVICE_FRAME, Date.now());
  const history = await answerWithin(vitals.history.service(name, window), HISTORY_WITHIN_MS);
  return (
    <ServiceView
      key={name}
      name={name}
      initial={detail}
      position={position}
      history={history}
      logs={vitals.logs !== null}
      usage={vitals.usage.isOn}
    />
  );
}
