import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LogPage } from '#components/log/log-page.tsx';
import { LogsOff } from '#components/log/logs-off.tsx';
import { PastNothing } from '#components/moment/past-views.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { getVitals } from '#lib/server/get-vitals.ts';
import type { PastQuery } from '#lib/server/past/read-at.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toServiceHref, toServiceLogHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as log from '#words/pages/log.ts';
import { notKeptLog } from '#words/pages/moment.ts';
import * as pieces from '#words/pages/pieces.ts';
import * as words from '#words/pages/service.ts';

export const dynamic = 'force-dynamic';

interface Params extends PastQuery {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  return { title: log.logOf(readName((await params).name)) };
}

/** What all replicas of one service write. */
export default async function ServiceLogPage({ params, searchParams }: Params) {
  const name = readName((await params).name);
  if ((await searchParams).at !== undefined)
    return <PastNothing title={log.logOf(name)} liveHref={toServiceLogHref(name)} notKept={notKeptLog} />;
  const vitals = await getVitals();
  if (vitals.logs === null) return <LogsOff href={toServiceHref(name)} link={pieces.service(name)} />;
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const subject = { name, key: null, taskId: null };
  await vitals.logs.prepare(subject);
  if (vitals.logs.targets(subject) === null) notFound();
  const trail = [
    { href: toPath('/'), text: words.services },
    { href: toServiceHref(name), text: name },
  ];
  const url = toPath(`/api/services/${encodeURIComponent(name)}/log`);
  return <LogPage title={log.logOf(name)} trail={trail} url={url} several />;
}
