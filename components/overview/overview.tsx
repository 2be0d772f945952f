'use client';
import { NoServices } from '#components/waiting/no-services.tsx';
import { WaitingForSwarm } from '#components/waiting/waiting-for-swarm.tsx';
import { keys } from '#lib/client/keys.ts';
import { useCached } from '#lib/client/use-cached.ts';
import type { NodePicture, SwarmHead } from '#lib/model/picture.ts';
import type { Attention } from '#lib/view/to-attention.ts';
import type { Stack } from '#lib/view/to-stacks.ts';
import type { Summary } from '#lib/view/to-summary.ts';
import { AttentionList } from './attention-list.tsx';
import { EngineHint } from './engine-hint.tsx';
import { NodeStrip } from './node-strip.tsx';
import { StackTable } from './stack-table.tsx';
import { SummaryStrip } from './summary-strip.tsx';
import { UnknownServices } from './unknown-services.tsx';

const NOTHING: Attention = { losses: [], alarming: [], unknown: [] };

/** The whole swarm on one page, problems first. */
export function Overview() {
  const head = useCached<SwarmHead>(keys.swarm);
  const summary = useCached<Summary>(keys.summary);
  const nodes = useCached<NodePicture[]>(keys.nodes) ?? [];
  const attention = useCached<Attention>(keys.attention) ?? NOTHING;
  const stacks = useCached<Stack[]>(keys.stacks) ?? [];
  if (head === undefined || summary === undefined || !head.ready)
    return <WaitingForSwarm sources={head?.sources ?? []} />;
  return (
    <div className="page grid gap-6">
      <h1 className="sr-only">Services of {head.name}</h1>
      <SummaryStrip summary={summary} nodes={nodes} />
      <EngineHint nodes={nodes} />
      <AttentionList losses={attention.losses} serviceIds={attention.alarming} />
      <UnknownServices serviceIds={attention.unknown} />
      <NodeStrip nodes={nodes} />
      <section className="grid gap-3.5" aria-labelledby="all-services">
        <h2 id="all-services">All services</h2>
        {stacks.length === 0 && <NoServices />}
        {stacks.map(({ stack, serviceIds }) => (
          <StackTable key={stack ?? ''} stack={stack} serviceIds={serviceIds} alone={stacks.length === 1} />
        ))}
      </section>
    </div>
  );
}
