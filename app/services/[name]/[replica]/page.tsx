import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NoMoment, PastReplica } from '#components/moment/past-views.tsx';
import { ReplicaView } from '#components/replica/replica-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { askInFrame } from '#lib/server/answers/ask-in-frame.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readAt } from '#lib/server/past/read-at.ts';
import { findReplicaKnown } from '#lib/view/history/first-frame.ts';
import { REPLICA_USUAL_MS } from '#lib/view/history/time-frame.ts';
import { readReplicaNames } from '#lib/view/links/read-name.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { toProbes } from '#lib/view/moment/to-probes.ts';

export const dynamic = 'force-dynamic';

/** Before a moment of the past. */
const PROBES_MS = 900_000;

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
  const vitals = await getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const query = await searchParams;
  const at = await readAt(vitals, query);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={toReplicaHref(name, key)} />;
    const { atMs } = asked;
    const service = await vitals.history.findAt(name, atMs);
    if (service === null) notFound();
    const [past, probes] = await Promise.all([
      vitals.moment.read(atMs, service.id),
      vitals.history.replica(service.id, key, { fromMs: atMs - PROBES_MS, untilMs: atMs }),
    ]);
    return (
      <PastReplica
        atMs={atMs}
        past={past}
        serviceName={service.name}
        replicaKey={key}
        probes={toProbes(probes?.probes ?? null)}
      />
    );
  }
  const position = { epoch: vitals.epoch, revision: vitals.picture().revision };
  const detail = await unlessNotRead(vitals.replicaDetail(name, key));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const { history, home } = await askInFrame({
    query,
    usualMs: REPLICA_USUAL_MS,
    ask: (window) => vitals.history.replica(name, key, window),
    findKnown: findReplicaKnown,
    nowMs: Date.now(),
  });
  return (
    <ReplicaView
      key={`${name}.${key}`}
      name={name}
      replicaKey={key}
      initial={detail}
      position={position}
      history={history}
      home={home}
      logs={vitals.logs?.mayRead(name) === true}
      usage={vitals.usage.isOn}
    />
  );
}
