'use client';
import { lazy, Suspense, useState } from 'react';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { findFailingManager, isOfSwarm } from '#lib/model/status/managers.ts';

// Most pages never say it.
const ManagerNotice = lazy(() =>
  import('./manager-notice.tsx').then((loaded) => ({ default: loaded.ManagerNotice })),
);

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
  return (
    <div
      className={isFirst ? 'page pb-0!' : 'manager-problem'}
      ref={(box) => {
        if (box !== null && isFirst) setHeight(box.offsetHeight);
      }}
    >
      <Suspense>
        <ManagerNotice
          failing={failing}
          live={managers.find((source) => source.state === 'live')}
          findings={head?.findings ?? []}
        />
      </Suspense>
    </div>
  );
}
