import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import * as words from '#words/pages/connection.ts';
import { ClockTime } from './times.tsx';

/**
 * How the page's own connection is, announced to screen readers when it changes, not with every second.
 *
 * @param isUnread the connection is well, and what it tells of is not read
 * @param live what is said while the connection is well
 */
export function ConnectionLine({ isUnread, live }: { isUnread: boolean; live: string }) {
  const { liveness, confirmedAtMs, wasLive } = useLiveStatus();
  const isHydrated = useHydrated();
  return (
    <p
      className="connection"
      data-connection={!wasLive ? 'first' : isUnread ? 'unread' : liveness}
      role="status"
    >
      <span className="connection-dot" aria-hidden="true" />
      {!wasLive && liveness !== 'lost' && (
        <span>
          {words.asOf} <ClockTime atMs={confirmedAtMs} />
          {!isHydrated && words.utc}
        </span>
      )}
      {wasLive && liveness === 'live' && live}
      {wasLive && liveness === 'stale' && words.reconnecting}
      {liveness === 'lost' && words.lost}
    </p>
  );
}
