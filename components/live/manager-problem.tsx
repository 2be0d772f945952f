'use client';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { toSwarmError } from '#lib/model/docker/swarm-info.ts';
import { findFailingManager, isOfSwarm } from '#lib/model/status/managers.ts';
import { describeSwarmError } from '#words/managers.ts';
import * as words from '#words/pages/connection.ts';
import { Age } from './times.tsx';

/** The server is there but its manager is not, or another one has taken over: then the picture may be old. */
export function ManagerProblem() {
  const head = usePart('swarm');
  if (head === undefined || !head.ready) return null;
  const managers = head.sources.filter(isOfSwarm);
  const failing = findFailingManager(managers);
  if (failing === null) return null;
  const live = managers.find((source) => source.state === 'live');
  const swarmError = live === undefined && failing.kind === 'manager' ? toSwarmError(failing.error) : null;
  return (
    <div className="page pb-0!">
      <aside
        className={`panel hint ${live === undefined ? 's-unhealthy' : 's-failing'}`}
        aria-label="Managers"
      >
        <span className="status-word">
          <span className="status-glyph" aria-hidden="true" />
        </span>
        <p>
          <b>
            {live === undefined
              ? swarmError === null
                ? failing.kind === 'server'
                  ? words.sourceLost
                  : words.noManagerAnswers
                : `${describeSwarmError(swarmError)}.`
              : `Reading from ${live.endpoint}.`}
          </b>{' '}
          <code>{failing.endpoint}</code> fails since <Age atMs={failing.sinceMs} form="span" />:{' '}
          {failing.error}
        </p>
      </aside>
    </div>
  );
}
