import { Countdown, Decision } from '#components/live/times.tsx';
import { StreakPips } from '#components/status/streak.tsx';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import { ofAllowed } from '#words/pages/pieces.ts';
import * as words from '#words/pages/replica.ts';

/** While it starts, failures inside the start period do not count: say when that ends. */
function toGraceEndMs(replica: Replica, detail: ReplicaDetail): number | null {
  if (replica.status !== 'starting' || replica.startedAtMs === null || detail.healthCheck === null)
    return null;
  const endMs = replica.startedAtMs + detail.healthCheck.startPeriodMs;
  return endMs > detail.atMs ? endMs : null;
}

/** What it died with: Docker keeps the streak of a container that ended, but its health means nothing any more. */
function toLastStreak({
  task,
  healthCheck,
}: ReplicaDetail): { failingStreak: number; retries: number } | null {
  const container = task?.container;
  if (!container || container.finishedAtMs === null || container.failingStreak === null) return null;
  if (container.state === 'running' || healthCheck === null || container.failingStreak === 0) return null;
  return { failingStreak: container.failingStreak, retries: healthCheck.retries };
}

/** The failing streak against what is allowed. */
export function StreakSign({ replica, detail }: { replica: Replica; detail: ReplicaDetail }) {
  const { health } = replica;
  const graceEndMs = toGraceEndMs(replica, detail);
  const last = health === null ? toLastStreak(detail) : null;
  if (last !== null) {
    return (
      <div>
        <h2>{words.failingStreak}</h2>
        <b>
          <span className="s-unhealthy text-tone">{formatCount(last.failingStreak)}</span>{' '}
          <span className="text-[14px] font-normal text-muted">{ofAllowed(formatCount(last.retries))}</span>
        </b>
        <span className="text-muted">{words.whenEnded}</span>
      </div>
    );
  }
  if (health === null) {
    return (
      <div>
        <h2>{words.failingStreak}</h2>
        <b>{words.none}</b>
        <span className="text-muted">
          {detail.healthCheck === null ? words.noCheck : words.healthUnknown}
        </span>
      </div>
    );
  }
  const tone =
    health.failingStreak === 0
      ? ''
      : health.failingStreak >= health.retries
        ? 's-unhealthy text-tone'
        : 's-failing text-tone';
  return (
    <div>
      <h2>{words.failingStreak}</h2>
      <b>
        <span className={tone}>{formatCount(health.failingStreak)}</span>{' '}
        <span className="text-[14px] font-normal text-muted">{ofAllowed(formatCount(health.retries))}</span>
      </b>
      {graceEndMs === null ? (
        <>
          <StreakPips streak={health.failingStreak} retries={health.retries} />
          {health.decidesAtMs !== null && (
            <span className="ml-2 text-muted">
              <Decision atMs={health.decidesAtMs} />
            </span>
          )}
        </>
      ) : (
        <span className="text-muted">
          {words.startPeriodEnds} <Countdown atMs={graceEndMs} />
        </span>
      )}
    </div>
  );
}
