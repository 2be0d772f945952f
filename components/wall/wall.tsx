'use client';

import dynamic from 'next/dynamic';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAgeMeter } from '#lib/client/hooks/use-data-age.ts';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { usePicture } from '#lib/client/hooks/use-live.ts';
import { usePart } from '#lib/client/hooks/use-part.ts';
import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { SwarmHead, SwarmPicture } from '#lib/model/contract/picture.ts';
import { toWallContent } from '#lib/view/wall/to-wall-content.ts';
import { parseWallOptions } from '#lib/view/wall/wall-options.ts';
import { switchFullScreen } from './switch-full-screen.ts';
import { useWallTruth } from './use-wall-truth.ts';
import { listWallNotes, useWallRoom, WallFrame } from './wall-frame.tsx';
import { WallScreen } from './wall-screen.tsx';
import { WallTools } from './wall-tools.tsx';

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
  const room = useWallRoom({
    options,
    problems: content.problems,
    silenced: content.silenced.ids,
    hasProblems: content.problems.length + content.silenced.ids.size > 0,
    isTrue: hasPicture && truth.kind === 'live',
    isWell: content.tone === 'well' && truth.kind === 'live',
  });
  const { notices } = room;

  const [isSetup, setSetup] = useState(false);
  const openSetup = useCallback(() => setSetup(true), []);
  const closeSetup = useCallback(() => setSetup(false), []);
  useWallKeys({ onFull: switchFullScreen, onSetup: openSetup, onEscape: closeSetup });

  const notes = listWallNotes(head?.demo === true, misread, room);
  return (
    <WallFrame
      {...{ truth, room, lookedAtMs }}
      ref={root}
      theme={options.theme}
      tone={content.tone}
      problems={content.problems.length}
      silenced={content.silenced.ids.size}
      isIdle={room.isIdle && !isSetup}
      screen={
        size !== null && (
          <WallScreen
            {...{ size, options, content, truth, notices, meter, notes, hasPicture }}
            name={head?.name ?? ''}
          />
        )
      }
      tools={
        <>
          <WallTools onFull={switchFullScreen} onSetup={openSetup} />
          {isSetup && (
            <WallSetup
              options={options}
              services={services}
              nodes={nodes}
              wakeLock={room.wakeLock}
              isSoundBlocked={room.isSoundBlocked}
              onClose={closeSetup}
            />
          )}
        </>
      }
    />
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
