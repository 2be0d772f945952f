'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { switchFullScreen } from '#components/wall/switch-full-screen.ts';
import { useWallTruth } from '#components/wall/use-wall-truth.ts';
import { listWallNotes, useWallRoom, WallFrame } from '#components/wall/wall-frame.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useAgeMeter } from '#lib/client/hooks/use-data-age.ts';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { decideFleetTone, decideFleetTruth } from '#lib/view/fleet/describe-fleet-wall.ts';
import { isSilenced, toFleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import { parseWallOptions } from '#lib/view/wall/wall-options.ts';
import * as fleetWords from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import { FleetWallScreen } from './fleet-wall-screen.tsx';
import { toFleetWallItem } from './to-fleet-wall-item.ts';

/** Whether a swarm is read is said with each of them (`decideFleetTruth`). */
const HEARD = { ready: true, sources: [], findings: [], sentence: '' };

/** The wall of all swarms: as the one of a swarm, exception first, one screen, never older than it says. */
export function FleetWall() {
  const root = useRef<HTMLDivElement>(null);
  const size = useElementSize(root);
  const query = useSearchParams().toString();
  const { options, problems: misread } = useMemo(() => parseWallOptions(new URLSearchParams(query)), [query]);
  const fleet = useFleet();
  const view = useMemo(() => toFleetView(fleet), [fleet]);
  // What is silenced has no card, as on the wall of one swarm.
  const items = useMemo(() => view.problems.filter((row) => !isSilenced(row)).map(toFleetWallItem), [view]);
  const silenced = useMemo(
    () => new Set(view.problems.filter(isSilenced).map((row) => toFleetWallItem(row).id)),
    [view],
  );
  const named = useMemo(
    () => items.map(({ id, tag, words: { name } }) => ({ id, name: tag === null ? name : `${tag} ${name}` })),
    [items],
  );

  const { wasLive } = useLiveStatus();
  const meter = useAgeMeter();
  const own = useWallTruth(meter, wasLive, HEARD);
  const truth = useMemo(
    () => (wasLive ? decideFleetTruth(own.truth, view) : own.truth),
    [own.truth, view, wasLive],
  );
  const tone = decideFleetTone(view);
  const isLive = truth.kind === 'live';
  const room = useWallRoom({
    options,
    problems: named,
    silenced,
    hasProblems: items.length + view.silenced.count > 0,
    isTrue: wasLive && isLive,
    isWell: tone === 'well' && isLive,
  });
  const { notices } = room;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'f' || event.key === 'F') switchFullScreen();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const isDemo = fleet.swarms.some(({ said }) => said?.demo);
  const notes = listWallNotes(isDemo, misread, room);
  return (
    <WallFrame
      {...{ truth, tone, room }}
      ref={root}
      theme={options.theme}
      problems={items.length}
      silenced={view.silenced.count}
      isIdle={room.isIdle}
      lookedAtMs={own.lookedAtMs}
      screen={
        size !== null && (
          <FleetWallScreen
            {...{ size, options, view, items, truth, notices, meter, notes, tone }}
            hasPicture={wasLive}
          />
        )
      }
      tools={
        <div className="wall-tools">
          <a href={toFleetPath('/')}>{allSwarms}</a>
          <button type="button" onClick={switchFullScreen}>
            {fleetWords.fullScreen} <kbd>F</kbd>
          </button>
        </div>
      }
    />
  );
}
