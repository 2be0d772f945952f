'use client';
import { useSearchParams } from 'next/navigation';
import { useEffect, useMemo, useRef } from 'react';
import { switchFullScreen } from '#components/wall/switch-full-screen.ts';
import { useWallNotices } from '#components/wall/use-wall-notices.ts';
import { useWallTruth } from '#components/wall/use-wall-truth.ts';
import { WallWatchdog } from '#components/wall/wall-watchdog.tsx';
import { useFleet } from '#lib/client/fleet/fleet-context.ts';
import { useChime } from '#lib/client/hooks/use-chime.ts';
import { useAgeMeter } from '#lib/client/hooks/use-data-age.ts';
import { useElementSize } from '#lib/client/hooks/use-element.ts';
import { useIdlePointer } from '#lib/client/hooks/use-idle-pointer.ts';
import { useLiveContext, useLiveStatus } from '#lib/client/hooks/use-live.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { useWakeLock } from '#lib/client/hooks/use-wake-lock.ts';
import { decideFleetTone, decideFleetTruth } from '#lib/view/fleet/describe-fleet-wall.ts';
import { isSilenced, toFleetView } from '#lib/view/fleet/to-fleet-view.ts';
import { toFleetPath } from '#lib/view/links/to-path.ts';
import { isDimHour } from '#lib/view/wall/screen-care.ts';
import { parseWallOptions } from '#lib/view/wall/wall-options.ts';
import * as fleetWords from '#words/pages/fleet.ts';
import { allSwarms } from '#words/pages/switch.ts';
import * as words from '#words/pages/wall.ts';
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
  const { play, isBlocked } = useChime(options.sound);
  const notices = useWallNotices(named, silenced, wasLive && truth.kind === 'live', play);
  const isIdle = useIdlePointer();
  const wakeLock = useWakeLock();
  const hour = Number(useTickingText((nowMs) => String(new Date(nowMs).getHours())));
  const tone = decideFleetTone(view);
  const isDim = isDimHour(options.dim, hour) && tone === 'well' && truth.kind === 'live';

  const { holdReload } = useLiveContext();
  const hasProblems = items.length + view.silenced.count > 0;
  useEffect(() => (hasProblems ? holdReload() : undefined), [hasProblems, holdReload]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'f' || event.key === 'F') switchFullScreen();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);

  const notes = [
    ...(fleet.swarms.some(({ said }) => said?.demo) ? [words.demo] : []),
    ...misread,
    ...(isBlocked ? [words.soundNeedsKey] : []),
  ];
  return (
    <div
      ref={root}
      className="wall"
      data-theme={options.theme === 'auto' ? undefined : options.theme}
      data-truth={truth.kind}
      data-tone={tone}
      data-problems={items.length}
      data-silenced={view.silenced.count}
      data-idle={isIdle}
      data-dim={isDim}
      data-wake-lock={wakeLock}
    >
      {size !== null && (
        <FleetWallScreen
          {...{ size, options, view, items, truth, notices, meter, notes, tone }}
          hasPicture={wasLive}
        />
      )}
      <div className="wall-frame" />
      <WallWatchdog lookedAtMs={own.lookedAtMs} />
      <div className="wall-tools">
        <a href={toFleetPath('/')}>{allSwarms}</a>
        <button type="button" onClick={switchFullScreen}>
          {fleetWords.fullScreen} <kbd>F</kbd>
        </button>
      </div>
      <noscript>
        <p className="wall-noscript">{words.needsScript}</p>
      </noscript>
    </div>
  );
}
