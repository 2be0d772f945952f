import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NoMoment, PastOfOne } from '#components/moment/past-views.tsx';
import { NodeChoice } from '#components/node/node-choice.tsx';
import { NodeView } from '#components/node/node-view.tsx';
import { WaitThenRefresh } from '#components/waiting/wait-then-refresh.tsx';
import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import { answerWithin } from '#lib/server/answers/answer-within.ts';
import { unlessNotRead } from '#lib/server/answers/not-read.ts';
import { getVitals } from '#lib/server/get-vitals.ts';
import { type PastQuery, readAt } from '#lib/server/past/read-at.ts';
import { maySilence } from '#lib/server/silences/may-silence.ts';
import { readName } from '#lib/view/links/read-name.ts';
import { toNodeHref } from '#lib/view/links/to-href.ts';
import * as moment from '#words/pages/moment.ts';

export const dynamic = 'force-dynamic';

const EVENTS_WITHIN_MS = 300;
const NEWEST = {
  sinceMs: null,
  untilMs: null,
  before: null,
  limit: 12,
  service: null,
  kinds: [],
  levels: [],
};

interface Params extends PastQuery {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const name = readName((await params).name);
  return { title: findNodes((await getVitals()).picture().nodes, name)[0]?.hostname ?? name };
}

/** One node, by id or hostname. */
export default async function NodePage({ params, searchParams }: Params) {
  const name = readName((await params).name);
  const vitals = await getVitals();
  if (!(await vitals.ready(1500))) return <WaitThenRefresh />;
  const at = await readAt(vitals, await searchParams);
  if (at !== null) {
    const { asked, knownFromMs } = at;
    if (asked.kind !== 'moment')
      return <NoMoment asked={asked} knownFromMs={knownFromMs} liveHref={toNodeHref(name)} />;
    return (
      <PastOfOne
        title={name}
        atMs={asked.atMs}
        past={await vitals.moment.read(asked.atMs, null)}
        nodeName={name}
        liveHref={toNodeHref(name)}
        notKept={moment.notKeptNode}
      />
    );
  }
  const picture = vitals.picture();
  const [node, ...others] = findNodes(picture.nodes, name);
  if (node === undefined) notFound();
  if (others.length > 0) return <NodeChoice hostname={name} nodes={[node, ...others]} />;
  const detail = await unlessNotRead(vitals.nodeDetail(node.id));
  if (detail === 'not-read') return <WaitThenRefresh />;
  if (detail === null) notFound();
  const asked = vitals.history.events({ ...NEWEST, node: node.id });
  const events = (await answerWithin(asked, EVENTS_WITHIN_MS))?.events ?? [];
  return (
    <NodeView
      key={node.id}
      initial={detail}
      events={events}
      usage={vitals.usage.isOn}
      mayBeSilenced={await maySilence(vitals, 'node', null)}
    />
  );
}
