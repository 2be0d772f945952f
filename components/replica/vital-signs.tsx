import { Age, Countdown } from '#components/live/times.tsx';
import { toProbeLook } from '#components/status/detail-looks.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { type HealthCheck, toPauseMs } from '#lib/model/docker/health-check.ts';
import { formatDuration, formatSetting } from '#lib/view/format/times.ts';
import * as words from '#words/pages/replica.ts';
import { StreakSign } from './streak-sign.tsx';

const TRAFFIC = new Map<boolean | null, [string, string]>([
  [true, [words.inTraffic, words.inRotation]],
  [false, [words.notInTraffic, words.notInRotation]],
  [null, [words.notKnownLabel, words.notKnown]],
]);

/** A port that does not answer everywhere is no matter of one replica, and is said all the same where traffic is. */
function toTraffic({ inRotation }: Replica, { rotation, through }: ReplicaDetail): [string, string] {
  const [word, rule] = TRAFFIC.get(inRotation) ?? [words.notKnownLabel, ''];
  if (inRotation === true && through !== null && through.answering < through.of)
    return [words.partly, words.through(through.answering, through.of)];
  return [word, rotation === 'checked' ? words.seenInRotation : rule];
}

function toTitle(state: string | null): string {
  return state === null ? words.none : state.charAt(0).toUpperCase() + state.slice(1);
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
  const [traffic, why] = toTraffic(replica, detail);
  const hasNext = detail.nextProbeAtMs !== null && replica.health !== null;
  return (
    <section className="panel signs" aria-label={words.vitalSigns}>
      <StreakSign replica={replica} detail={detail} />
      <LastProbe replica={replica} detail={detail} />
      <div>
        <h2>{words.nextProbe}</h2>
        <b>
          {hasNext && detail.nextProbeAtMs !== null ? <Countdown atMs={detail.nextProbeAtMs} /> : words.none}
        </b>
        <span className="text-muted">
          {check === null
            ? words.noCheck
            : words.rhythm(formatSetting(toRhythmMs(replica, check)), formatSetting(check.timeoutMs))}
        </span>
      </div>
      <div>
        <h2>{words.taskState}</h2>
        <b>{toTitle(replica.taskState)}</b>
        <span className="text-muted">{words.desired(replica.desiredState ?? words.nothingDesired)}</span>
      </div>
      <div>
        <h2>{words.takesTraffic}</h2>
        <b>{traffic}</b>
        <span className="text-muted">{why}</span>
      </div>
    </section>
  );
}

/** How the newest probe ended; the stream may know of one that the log does not hold yet. */
function LastProbe({ replica, detail }: { replica: Replica; detail: ReplicaDetail }) {
  const read = detail.task?.id === replica.taskId ? (detail.probes.at(-1) ?? null) : null;
  const streamed = replica.health?.lastProbe ?? null;
  const probe =
    read !== null && (streamed === null || read.startedAtMs >= streamed.startedAtMs) ? read : streamed;
  if (probe === null) {
    return (
      <div>
        <h2>{words.lastProbe}</h2>
        <b>{replica.health === null ? words.none : words.noneYet}</b>
        <span className="text-muted">{replica.health === null ? '' : words.noProbe}</span>
      </div>
    );
  }
  const { word, className } = toProbeLook(probe);
  return (
    <div>
      <h2>{words.lastProbe}</h2>
      <b className={probe.exitCode === 0 ? '' : `${className} text-tone`}>{word}</b>
      <span className="text-muted">
        {formatDuration(probe.durationMs)}, <Age atMs={probe.endedAtMs} />
      </span>
    </div>
  );
}
