'use client';
import { useState } from 'react';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { findFailingManager, isOfSwarm, toSaidError } from '#lib/model/status/managers.ts';
import { describeSwarmError } from '#words/managers.ts';
import * as words from '#words/pages/connection.ts';
import { Age } from './times.tsx';

/**
 * The server is there but its manager is not, or another one has taken over: then the picture may be old. What was so when
 * the page was opened stands above it, and keeps its room; what comes later lies over it: nothing moves.
 */
export function ManagerProblem() {
  const head = usePart('swarm');
  const managers = head?.ready === true ? head.sources.filter(isOfSwarm) : [];
  const failing = findFailingManager(managers);
  const [isFirst] = useState(failing !== null);
  const [height, setHeight] = useState(0);
  if (failing === null) return isFirst ? <div style={{ height }} /> : null;
  const live = managers.find((source) => source.state === 'live');
  const isSaid = live === undefined && failing.kind === 'manager';
  const swarmError = isSaid ? toSaidError(failing.error, head?.findings ?? []) : null;
  return (
    <div
      className={isFirst ? 'page pb-0!' : 'manager-problem'}
      ref={(box) => {
        if (box !== null && isFirst) setHeight(box.offsetHeight);
      }}
    >
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
          <span className="manager-said">
            <code>{failing.endpoint}</code> fails since <Age atMs={failing.sinceMs} form="span" />:{' '}
            {failing.error}
          </span>
        </p>
      </aside>
    </div>
  );
}
