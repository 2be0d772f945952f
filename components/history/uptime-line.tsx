import type { ReplicaHistory } from '#lib/model/contract/history.ts';
import { describeUptime } from '#lib/view/history/describe-uptime.ts';

const WINDOWS = [
  ['h1', '1 h'],
  ['h24', '24 h'],
  ['d7', '7 d'],
] as const;

/** How much of the last hour, day and week a replica was up, of what is known. */
export function UptimeLine({ uptime }: { uptime: ReplicaHistory['uptime'] | undefined }) {
  return (
    <dl className="uptime" aria-label="Uptime">
      {WINDOWS.map(([key, label]) => {
        const words = uptime === undefined ? null : describeUptime(uptime[key]);
        return (
          <div key={key}>
            <dt>up, {label}</dt>
            <dd>
              <b>{words?.value ?? '…'}</b>
              {words?.note != null && <span className="text-faint"> {words.note}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
