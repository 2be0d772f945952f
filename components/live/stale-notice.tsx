'use client';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import * as words from '#words/pages/connection.ts';
import { Age, ClockTime } from './times.tsx';

/** Says how old what is shown is and why, for as long as it is not live. It lies over the page: nothing moves. */
export function StaleNotice() {
  const { liveness, confirmedAtMs, reason, wasLive } = useLiveStatus();
  if (liveness === 'live' || (!wasLive && reason === null)) return null;
  return (
    <div className={`stale-notice ${liveness === 'lost' ? 's-unhealthy' : 's-failing'}`}>
      <span className="status-glyph" aria-hidden="true" />
      <span>
        <b>
          {liveness === 'lost' ? words.noConnection : `${wasLive ? words.reconnecting : words.connecting}.`}
        </b>{' '}
        {words.seenFrom} <ClockTime atMs={confirmedAtMs} />, <Age atMs={confirmedAtMs} />.
        {reason !== null && ` ${reason}.`} {words.triesAgain}
      </span>
    </div>
  );
}
