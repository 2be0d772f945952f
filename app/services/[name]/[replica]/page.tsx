import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReplicaView } from '#components/replica/replica-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ name: string; replica: string }>;
}

async function toNames(params: Params['params']): Promise<{ name: string; key: string }> {
  const { name, replica } = await params;
  return { name: decodeURIComponent(name), key: decodeURIComponent(replica) };
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name, key } = await toNames(params);
  return { title: `${name}.${key}` };
}

/** One replica. */
export default async function ReplicaPage({ params }: Params) {
  const { name, key } = await toNames(params);
  const vitals = getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await vitals.replicaDetail(name, key);
  if (detail === null) notFound();
  return <ReplicaView key={`${name}.${key}`} name={name} replicaKey={key} initial={detail} />;
}
