import { Countdown } from '#components/live/countdown.tsx';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import { toPauseMs } from '#lib/model/docker/to-pause-ms.ts';
import { formatSetting } from '#lib/view/format/format-setting.ts';
import { LastProbe } from './last-probe.tsx';
import { StreakSign } from './streak-sign.tsx';

const TRAFFIC = new Map<boolean | null, [string, string]>([
  [true, ['Yes', 'in the load balancer, by Docker’s rule']],
  [false, ['No', 'not in the load balancer, by Docker’s rule']],
  [null, ['Not known', 'it cannot be told']],
]);

function toTitle(state: string | null): string {
  return state === null ? 'None' : state.charAt(0).toUpperCase() + state.slice(1);
}

/** How often it is probed now: while it starts Docker may look more often. */
function toRhythmMs({ health, startedAtMs }: Replica, check: HealthCheck): number {
  const atMs = health?.lastProbe?.endedAtMs ?? startedAtMs;
  const sinceStartMs = atMs === null || startedAtMs === null ? 0 : atMs - startedAtMs;
  return toPauseMs(check, health?.status === 'starting', sinceStartMs);
}

/** The five signs: streak, last probe, next probe, task state, traffic. */
export function VitalSigns({ replica, detail }: { replica: Replica; detail: ReplicaDetail }) {
  const check = detail.healthCheck;
  const [traffic, why] = TRAFFIC.get(replica.inRotation) ?? ['Not known', ''];
  const hasNext = detail.nextProbeAtMs !== null && replica.health !== null;
  return (
    <section className="panel signs" aria-label="Vital signs">
      <StreakSign replica={replica} detail={detail} />
      <LastProbe replica={replica} detail={detail} />
      <div>
        <h2>Next probe</h2>
        <b>{hasNext && detail.nextProbeAtMs !== null ? <Countdown atMs={detail.nextProbeAtMs} /> : 'None'}</b>
        <span className="text-muted">
          {check === null
            ? 'no health check is known'
            : `every ${formatSetting(toRhythmMs(replica, check))}, timeout ${formatSetting(check.timeoutMs)}`}
        </span>
      </div>
      <div>
        <h2>Task state</h2>
        <b>{toTitle(replica.taskState)}</b>
        <span className="text-muted">desired: {replica.desiredState ?? 'nothing'}</span>
      </div>
      <div>
        <h2>Takes traffic</h2>
        <b>{traffic}</b>
        <span className="text-muted">{why}</span>
      </div>
    </section>
  );
}
