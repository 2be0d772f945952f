import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { LogPage } from '#components/log/log-page.tsx';
import { LogsOff } from '#components/log/logs-off.tsx';
import { TaskLinks } from '#components/log/task-links.tsx';
import { PastNothing } from '#components/moment/past-views.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { readReplicaNames } from '#lib/view/links/read-name.ts';
import { toReplicaHref, toReplicaLogHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as log from '#words/pages/log.ts';
import { notKeptLog } from '#words/pages/moment.ts';
import * as pieces from '#words/pages/pieces.ts';
import * as words from '#words/pages/service.ts';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ name: string; replica: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name, key } = await readReplicaNames(params);
  return { title: log.logOf(`${name}.${key}`) };
}

/** What one replica writes, or one of its tasks wrote. */
export default async function ReplicaLogPage({ params, searchParams }: Params) {
  const { name, key } = await readReplicaNames(params);
  const { task, at } = await searchParams;
  if (at !== undefined)
    return (
      <PastNothing
        title={log.logOf(`${name}.${key}`)}
        liveHref={toReplicaLogHref(name, key)}
        notKept={notKeptLog}
      />
    );
  const vitals = await getVitals();
  if (vitals.logs === null)
    return <LogsOff href={toReplicaHref(name, key)} link={pieces.replica(`${name}.${key}`)} />;
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const detail = await unlessNotRead(vitals.replicaDetail(name, key));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const taskId = typeof task === 'string' ? task : null;
  const shown = detail.replica.slot ?? detail.replica.hostname ?? key.slice(0, 12);
  const trail = [
    { href: toPath('/'), text: words.services },
    { href: toServiceHref(name), text: name },
    { href: toReplicaHref(name, key), text: `${shown}` },
  ];
  const api = toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}/log`);
  const url = taskId === null ? api : `${api}?task=${encodeURIComponent(taskId)}`;
  return (
    <LogPage key={url} title={log.logOf(`${name}.${shown}`)} trail={trail} url={url}>
      <TaskLinks name={name} detail={detail} taskId={taskId} />
    </LogPage>
  );
}
