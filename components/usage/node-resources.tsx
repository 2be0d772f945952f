'use client';
import { Panel } from '#components/ui/panel.tsx';
import { useSeen } from '#components/ui/seen.tsx';
import type { NodeUsage } from '#lib/model/contract/usage.ts';
import { describeCpu, describeMemory, type Measure } from '#lib/view/usage/describe-usage.ts';
import * as words from '#words/pages/usage.ts';
import { MeasureBar } from './measure.tsx';

/** What Swarm's containers on a node use together, of what it has. */
export function NodeResources({ usage }: { usage: NodeUsage | null }) {
  const { memoryBytes = null, memoryMaxBytes = null, cpuCores = null, cpuMaxCores = null } = usage ?? {};
  const { swarm } = useSeen();
  // Of what there is on it they are told nothing, which is not to say that it has no end.
  const toSeen = (measure: Measure): Measure => (swarm ? measure : { ...measure, note: measure.note ?? '' });
  const note = usage === null || usage.running === 0 ? undefined : words.readOf(usage.read, usage.running);
  return (
    <Panel title={words.resourcesTitle} note={note}>
      {usage?.running === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.noneHere}</p>
      ) : (
        <>
          <dl className="use-now" data-testid="node-use">
            <dt>{words.memory}</dt>
            <dd>
              <MeasureBar measure={toSeen(describeMemory({ memoryBytes, memoryMaxBytes }, []))} />
            </dd>
            <dt>{words.cpu}</dt>
            <dd>
              <MeasureBar measure={toSeen(describeCpu({ cpuCores, cpuMaxCores, throttled: null }, []))} />
            </dd>
          </dl>
          <p className="use-error text-muted">{swarm ? words.resourcesNote : words.resourcesNoteApart}</p>
        </>
      )}
    </Panel>
  );
}
