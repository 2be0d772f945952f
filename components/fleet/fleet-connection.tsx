'use client';
import { ConnectionLine } from '#components/live/connection-line.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import * as words from '#words/pages/fleet.ts';

/** Always in view: is what this page shows alive, and how many swarms are heard? `Live, 6 of 7`. */
export function FleetConnection() {
  const { swarms } = useFleet();
  const { liveness } = useLiveStatus();
  const heard = swarms.filter(({ state }) => state === 'live').length;
  return (
    <ConnectionLine
      isUnread={liveness === 'live' && (heard < swarms.length || heard === 0)}
      live={heard === 0 ? words.noneHeard : words.live(heard, swarms.length)}
    />
  );
}
