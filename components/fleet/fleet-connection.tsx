'use client';
import { ClockTime } from '#components/live/times.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import * as words from '#words/pages/fleet.ts';

/** Always in view: is what this page shows alive, and how many swarms are heard? `Live, 6 of 7`. */
export function FleetConnection() {
  const { swarms } = useFleet();
  const { liveness, confirmedAtMs, wasLive } = useLiveStatus();
  const isHydrated = useHydrated();
  const heard = swarms.filter(({ state }) => state === 'live').length;
  const isUnread = liveness === 'live' && (heard < swarms.length || heard === 0);
  return (
    <p
      className="connection"
      data-connection={!wasLive ? 'first' : isUnread ? 'unread' : liveness}
      role="status"
    >
      <span className="connection-dot" aria-hidden="true" />
      {!wasLive && liveness !== 'lost' && (
        <span>
          As of <ClockTime atMs={confirmedAtMs} />
          {!isHydrated && ' UTC'}
        </span>
      )}
      {wasLive && liveness === 'live' && (heard === 0 ? words.noneHeard : words.live(heard, swarms.length))}
      {wasLive && liveness === 'stale' && 'Reconnecting'}
      {liveness === 'lost' && 'Connection lost'}
    </p>
  );
}
