import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { IncidentView } from '#components/incidents/incident-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toIncidentHref } from '#lib/view/links/to-href.ts';
import * as words from '#words/pages/incidents.ts';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const detail = await getVitals().incidents.detail(readName((await params).id));
  return { title: detail?.incident.title ?? words.title };
}

/** One incident, from its first sign to its end. */
export default async function IncidentPage({ params }: Params) {
  const id = readName((await params).id);
  const vitals = getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await vitals.incidents.detail(id);
  if (detail === null) notFound();
  // It turned out to be a part of another one.
  if (detail.incident.id !== id) redirect(toIncidentHref(detail.incident.id));
  return <IncidentView initial={detail} atMs={Date.now()} />;
}
