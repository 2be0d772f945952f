'use client';
import { useEffect } from 'react';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/wall.ts';

const AGAIN_AFTER_MS = 20_000;

/** Instead of a wall that broke. Loads the page anew once the server answers. */
export function WallBroken({ reason }: { reason: string }) {
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch(toPath('/api/healthz'), { cache: 'no-store' }).catch(() => null);
      if (answer?.ok) location.reload();
    }, AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="wall" data-truth="stale" role="alert">
      <div className="wall-splash">
        <strong>{words.broken}</strong>
        <span>
          {words.reloads} {reason}
        </span>
      </div>
      <div className="wall-frame" />
    </div>
  );
}
