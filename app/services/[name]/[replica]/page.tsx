import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReplicaView } from '#components/replica/replica-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { answerWithin } from '#lib/server/answer-within.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readWindow } from '#lib/server/queries.ts';
import { REPLICA_FRAME } from '#lib/view/history/time-frame.ts';
import { readReplicaNames } from '#lib/view/links/read-name.ts';

export const dynamic = 'force-dynamic';

const HISTORY_WITHIN_MS = 400;

interface Params {
  params: Promise<{ name: string; replica: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name, key } = await readReplicaNames(params);
  return { title: `${name}.${key}` };
}

/** One replica. */
export default async function ReplicaPage({ params, searchParams }: Params) {
  const { name, key } = await readReplicaNames(params);
  const vitals = getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const position = { epoch: vitals.epoch, revision: vitals.picture().revision };
  const detail = await vitals.replicaDetail(name, key);
  if (detail === null) notFound();
  const window = readWindow(await searchParams, REPLICA_FRAME, Date.now());
  const history = await answerWithin(vitals.history.replica(name, key, window), HISTORY_WITHIN_MS);
  return (
    <ReplicaView
      key={`${name}.${key}`}
      name={name}
      replicaKey={key}
      initial={detail}
      position={position}
      history={history}
      logs={vitals.logs !== null}
      usage={vitals.usage.isOn}
    />
  );
}
