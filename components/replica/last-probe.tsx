import { Age } from '#components/live/age.tsx';
import { toProbeLook } from '#components/status/to-probe-look.ts';
import type { ReplicaDetail } from '#lib/model/contract/detail.ts';
import type { Replica } from '#lib/model/contract/picture.ts';
import { formatDuration } from '#lib/view/format/format-duration.ts';

/** How the newest probe ended; the stream may know of one that the log does not hold yet. */
export function LastProbe({ replica, detail }: { replica: Replica; detail: ReplicaDetail }) {
  const read = detail.task?.id === replica.taskId ? (detail.probes.at(-1) ?? null) : null;
  const streamed = replica.health?.lastProbe ?? null;
  const probe =
    read !== null && (streamed === null || read.startedAtMs >= streamed.startedAtMs) ? read : streamed;
  if (probe === null) {
    return (
      <div>
        <h2>Last probe</h2>
        <b>{replica.health === null ? 'None' : 'None yet'}</b>
        <span className="text-muted">{replica.health === null ? '' : 'none has ended in this task'}</span>
      </div>
    );
  }
  const { word, className } = toProbeLook(probe);
  return (
    <div>
      <h2>Last probe</h2>
      <b className={probe.exitCode === 0 ? '' : `${className} text-tone`}>{word}</b>
      <span className="text-muted">
        {formatDuration(probe.durationMs)}, <Age atMs={probe.endedAtMs} />
      </span>
    </div>
  );
}
