'use client';
import { Panel } from '#components/ui/panel.tsx';
import type { NodeUsage } from '#lib/model/contract/usage.ts';
import { describeCpu, describeMemory } from '#lib/view/usage/describe-usage.ts';
import * as words from '#words/pages/usage.ts';
import { MeasureBar } from './measure.tsx';

/** What Swarm's containers on a node use together, of what it has. */
export function NodeResources({ usage }: { usage: NodeUsage | null }) {
  const { memoryBytes = null, memoryMaxBytes = null, cpuCores = null, cpuMaxCores = null } = usage ?? {};
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
              <MeasureBar measure={describeMemory({ memoryBytes, memoryMaxBytes }, [])} tone="s-failing" />
            </dd>
            <dt>{words.cpu}</dt>
            <dd>
              <MeasureBar
                measure={describeCpu({ cpuCores, cpuMaxCores, throttled: null }, [])}
                tone="s-failing"
              />
            </dd>
          </dl>
          <p className="use-error text-muted">{words.resourcesNote}</p>
        </>
      )}
    </Panel>
  );
}
