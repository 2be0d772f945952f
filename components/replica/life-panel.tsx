import { ClockTime } from '#components/live/times.tsx';
import { Panel } from '#components/ui/panel.tsx';
import type { LifeMoment } from '#lib/model/contract/detail.ts';
import * as words from '#words/pages/replica.ts';

const TONES: Record<LifeMoment['kind'], string> = {
  created: 's-pending',
  assigned: 's-preparing',
  started: 's-starting',
  healthy: 's-healthy',
  failing: 's-failing',
  unhealthy: 's-unhealthy',
  stopping: 's-unhealthy',
  exited: 's-failed',
  ended: 's-complete',
};

/** What this task has been through, newest first. */
export function LifePanel({ life, atMs }: { life: LifeMoment[]; atMs: number }) {
  return (
    <Panel title={words.lifeTitle}>
      {life.length === 0 ? (
        <p className="px-[18px] py-4 text-muted">{words.lifeUnknown}</p>
      ) : (
        <ol className="life" reversed>
          {life.toReversed().map((moment) => (
            <li key={`${moment.kind}-${moment.atMs}`}>
              <span className="font-mono text-[12.5px] text-faint">
                <ClockTime atMs={moment.atMs} nearMs={atMs} />
              </span>
              <i className={TONES[moment.kind]} aria-hidden="true" />
              <span className="min-w-0">{moment.text}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
