import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ServiceView } from '#components/service/service-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: decodeURIComponent((await params).name) };
}

/** One service. */
export default async function ServicePage({ params }: Params) {
  const name = decodeURIComponent((await params).name);
  const vitals = getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await vitals.serviceDetail(name);
  if (detail === null) notFound();
  return <ServiceView key={name} name={name} initial={detail} />;
}
