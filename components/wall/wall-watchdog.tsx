'use client';
import { type RefObject, useEffect, useState } from 'react';
import * as words from '#words/pages/wall.ts';

const BEAT_MS = 1000;
/** The wall looks at the age of its data twice a second: if it has not for this long, something in the page stands still. */
const LOOKED_WITHIN_MS = 2500;

/**
 * Proof against a frozen page: an animation, run by the browser without our script, covers the wall in four seconds
 * unless this component starts it anew, and it does so only while the page still draws and still looks at its data.
 * It is in the first HTML, so a script that never starts is noticed, too.
 */
export function WallWatchdog({ lookedAtMs }: { lookedAtMs: RefObject<number> }) {
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (performance.now() - lookedAtMs.current < LOOKED_WITHIN_MS) setBeat((before) => 1 - before);
    }, BEAT_MS);
    return () => clearInterval(timer);
  }, [lookedAtMs]);
  return (
    <div className="wall-watchdog" data-beat={beat} aria-hidden="true">
      <div className="wall-splash">
        <strong>{words.standsStill}</strong>
        <span>{words.scriptStopped}</span>
      </div>
      <div className="wall-frame" />
    </div>
  );
}
