import type { Finding } from '#lib/model/contract/finding.ts';
import type { SourcePicture } from '#lib/model/contract/picture.ts';
import { toReportedError } from '#lib/model/status/managers.ts';
import { describeSwarmError } from '#words/managers.ts';
import * as words from '#words/pages/manager-notice.ts';
import { Age } from './times.tsx';

interface ManagerNoticeProps {
  failing: SourcePicture & { error: string };
  /** The one that took over. */
  live: SourcePicture | undefined;
  /** The swarm's. */
  findings: readonly Finding[];
}

/** Which manager fails, since when and why; and from which one the swarm is read instead. */
export function ManagerNotice({ failing, live, findings }: ManagerNoticeProps) {
  const isSaid = live === undefined && failing.kind === 'manager';
  const swarmError = isSaid ? toReportedError(failing.error, findings) : null;
  const unread = failing.kind === 'server' ? words.sourceLost : words.noManagerAnswers;
  const title = swarmError === null ? unread : `${describeSwarmError(swarmError)}.`;
  return (
    <aside
      className={`panel hint ${live === undefined ? 's-unhealthy' : 's-failing'}`}
      aria-label={words.managers}
    >
      <span className="status-word">
        <span className="status-glyph" aria-hidden="true" />
      </span>
      <p>
        <b>{live === undefined ? title : words.readingFrom(live.endpoint)}</b>{' '}
        <span className="manager-said">
          <code>{failing.endpoint}</code> {words.failsSince} <Age atMs={failing.sinceMs} form="span" />:{' '}
          {failing.error}
        </span>
      </p>
    </aside>
  );
}
