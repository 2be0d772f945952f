import type { Probe } from '#lib/model/docker/probe.ts';
import { plural } from '#lib/view/format/numbers.ts';
import { ProbeLog } from './probe-log.tsx';

const NEWEST = 12;

/** The newest probes one by one; the others fold out. */
export function FoldedProbeLog({ probes, nowMs }: { probes: readonly Probe[]; nowMs: number }) {
  return (
    <>
      <ProbeLog probes={probes.slice(-NEWEST)} nowMs={nowMs} />
      {probes.length > NEWEST && (
        <details className="more-probes">
          <summary>{plural(probes.length - NEWEST, 'earlier probe')}</summary>
          <ProbeLog probes={probes.slice(0, -NEWEST)} nowMs={nowMs} />
        </details>
      )}
    </>
  );
}
