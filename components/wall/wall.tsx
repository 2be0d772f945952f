'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useChime } from '#lib/client/hooks/use-chime.ts';
import { useAgeMeter } from '#lib/client/hooks/use-data-age.ts';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { useIdlePointer } from '#lib/client/hooks/use-idle-pointer.ts';
import { useLiveContext, usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { useWakeLock } from '#lib/client/hooks/use-wake-lock.ts';
import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { isDimHour } from '#lib/view/wall/screen-care.ts';
import { toWallContent } from '#lib/view/wall/to-wall-content.ts';
import { parseWallOptions } from '#lib/view/wall/wall-options.ts';
import * as words from '#words/pages/wall.ts';
import { switchFullScreen } from './switch-full-screen.ts';
import { useWallNotices } from './use-wall-notices.ts';
import { useWallTruth } from './use-wall-truth.ts';
import { WallScreen } from './wall-screen.tsx';
import { WallTools } from './wall-tools.tsx';
import { WallWatchdog } from './wall-watchdog.tsx';

const WallSetup = dynamic(() => import('./wall-setup.tsx').then((module) => module.WallSetup), {
  ssr: false,
});

const NO_PICTURE: Pick<SwarmPicture, 'services' | 'nodes' | 'findings'> = {
  services: [],
  nodes: [],
  findings: NO_FINDINGS,
};
const NO_HEAD: Pick<SwarmHead, 'ready' | 'sources' | 'findings' | 'sentence'> = {
  ready: false,
  findings: [],
  sources: [],
  sentence: '',
};

/** The wall: exception first, one screen, never older than it says. Its options are in the URL. */
export function Wall() {
  const root = useRef<HTMLDivElement>(null);
  const size = useElementSize(root);
  const query = useSearchParams().toString();
  const { options, problems: misread } = useMemo(() => parseWallOptions(new URLSearchParams(query)), [query]);

  const picture = usePicture();
  // A picture comes paced: a wall of a thousand services is not rendered at every change of the headline.
  const first = usePart(picture === null ? 'swarm' : null);
  const head = picture ?? first;
  const { services, nodes, findings } = picture ?? NO_PICTURE;
  const hasPicture = picture?.ready === true;
  const content = useMemo(
    () => toWallContent({ services, nodes, findings }, options),
    [services, nodes, findings, options],
  );

  const meter = useAgeMeter();
  const { truth, lookedAtMs } = useWallTruth(meter, hasPicture, head ?? NO_HEAD);
  const { play, isBlocked } = useChime(options.sound);
  const notices = useWallNotices(
    content.problems,
    content.silenced.ids,
    hasPicture && truth.kind === 'live',
    play,
  );
  const isIdle = useIdlePointer();
  const wakeLock = useWakeLock();
  const hour = Number(useTickingText((nowMs) => String(new Date(nowMs).getHours())));
  const isDim = isDimHour(options.dim, hour) && content.tone === 'well' && truth.kind === 'live';

  const { holdReload } = useLiveContext();
  const hasProblems = content.problems.length + content.silenced.ids.size > 0;
  useEffect(() => (hasProblems ? holdReload() : undefined), [hasProblems, holdReload]);

  const [isSetup, setSetup] = useState(false);
  const openSetup = useCallback(() => setSetup(true), []);
  const closeSetup = useCallback(() => setSetup(false), []);
  useWallKeys({ onFull: switchFullScreen, onSetup: openSetup, onEscape: closeSetup });

  const notes = [
    ...(head?.demo ? [words.demo] : []),
    ...misread,
    ...(isBlocked ? [words.soundNeedsKey] : []),
  ];
  return (
    <div
      ref={root}
      className="wall"
      data-theme={options.theme === 'auto' ? undefined : options.theme}
      data-truth={truth.kind}
      data-tone={content.tone}
      data-problems={content.problems.length}
      data-silenced={content.silenced.ids.size}
      data-idle={isIdle && !isSetup}
      data-dim={isDim}
      data-wake-lock={wakeLock}
    >
      {size !== null && (
        <WallScreen
          {...{ size, options, content, truth, notices, meter, notes, hasPicture }}
          name={head?.name ?? ''}
        />
      )}
      <div className="wall-frame" />
      <WallWatchdog lookedAtMs={lookedAtMs} />
      <WallTools onFull={switchFullScreen} onSetup={openSetup} />
      {isSetup && (
        <WallSetup
          options={options}
          services={services}
          nodes={nodes}
          wakeLock={wakeLock}
          isSoundBlocked={isBlocked}
          onClose={closeSetup}
        />
      )}
      <noscript>
        <p className="wall-noscript">{words.needsScript}</p>
      </noscript>
    </div>
  );
}

/** `F` goes full screen and back, `S` opens the set-up, Escape closes it. Not while somebody types. */
function useWallKeys(keys: { onFull(): void; onSetup(): void; onEscape(): void }): void {
  const { onFull, onSetup, onEscape } = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') return onEscape();
      if (event.target instanceof Element && event.target.closest('input, select, textarea') !== null) return;
      if (event.key === 'f' || event.key === 'F') onFull();
      if (event.key === 's' || event.key === 'S') onSetup();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onFull, onSetup, onEscape]);
}
