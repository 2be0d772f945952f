import { type ReactNode, type Ref, type RefObject, useEffect } from 'react';
import { useChime } from '#lib/client/hooks/use-chime.ts';
import { useIdlePointer } from '#lib/client/hooks/use-idle-pointer.ts';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { useTickingText } from '#lib/client/hooks/use-ticking-text.ts';
import { useWakeLock, type WakeLockState } from '#lib/client/hooks/use-wake-lock.ts';
import type { WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import { isDimHour } from '#lib/view/wall/screen-care.ts';
import type { WallOptions } from '#lib/view/wall/wall-options.ts';
import * as words from '#words/pages/wall.ts';
import { useWallNotices } from './use-wall-notices.ts';
import { WallWatchdog } from './wall-watchdog.tsx';

interface WallRoomInput {
  options: WallOptions;
  problems: Parameters<typeof useWallNotices>[0];
  /** The ids of what nobody wants to be told of. */
  silenced: ReadonlySet<string>;
  /** Is anything not well, whether or not somebody silenced it? */
  hasProblems: boolean;
  /** Is there a picture, and is it true of now? */
  isTrue: boolean;
  /** Does all that is shown look well? */
  isWell: boolean;
}

export interface WallRoom {
  notices: ReturnType<typeof useWallNotices>;
  isSoundBlocked: boolean;
  isIdle: boolean;
  wakeLock: WakeLockState;
  isDim: boolean;
}

/** What a wall does in its room, whatever it shows: it sounds, stays awake, grows dark at night, and does not reload amid problems. */
export function useWallRoom(input: WallRoomInput): WallRoom {
  const { options, problems, silenced, hasProblems, isTrue, isWell } = input;
  const { play, isBlocked } = useChime(options.sound);
  const notices = useWallNotices(problems, silenced, isTrue, play);
  const isIdle = useIdlePointer();
  const wakeLock = useWakeLock();
  const hour = Number(useTickingText((nowMs) => String(new Date(nowMs).getHours())));
  const isDim = isDimHour(options.dim, hour) && isWell;
  const { holdReload } = useLiveContext();
  useEffect(() => (hasProblems ? holdReload() : undefined), [hasProblems, holdReload]);
  return { notices, isSoundBlocked: isBlocked, isIdle, wakeLock, isDim };
}

/** What a wall has to say beside what it shows. */
export function listWallNotes(
  isDemo: boolean,
  misread: readonly string[],
  { isSoundBlocked }: WallRoom,
): string[] {
  return [...(isDemo ? [words.demo] : []), ...misread, ...(isSoundBlocked ? [words.soundNeedsKey] : [])];
}

interface WallFrameProps {
  ref: Ref<HTMLDivElement>;
  theme: WallOptions['theme'];
  truth: WallTruth;
  tone: string;
  problems: number;
  silenced: number;
  room: WallRoom;
  isIdle: boolean;
  lookedAtMs: RefObject<number>;
  screen: ReactNode;
  /** In view only while the pointer moves. */
  tools: ReactNode;
}

/** The whole screen, with what styles and tests read of it, and the red frame of what is not true of now. */
export function WallFrame(props: WallFrameProps) {
  const { ref, theme, truth, tone, problems, silenced, room, isIdle, lookedAtMs, screen, tools } = props;
  return (
    <div
      ref={ref}
      className="wall"
      data-theme={theme === 'auto' ? undefined : theme}
      data-truth={truth.kind}
      data-tone={tone}
      data-problems={problems}
      data-silenced={silenced}
      data-idle={isIdle}
      data-dim={room.isDim}
      data-wake-lock={room.wakeLock}
    >
      {screen}
      <div className="wall-frame" />
      <WallWatchdog lookedAtMs={lookedAtMs} />
      {tools}
      <noscript>
        <p className="wall-noscript">{words.needsScript}</p>
      </noscript>
    </div>
  );
}
