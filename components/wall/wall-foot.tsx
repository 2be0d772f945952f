'use client';
import { ClockTime } from '#components/live/times.tsx';
import { useDataAge } from '#lib/client/hooks/use-data-age.ts';
import { useHydrated } from '#lib/client/hooks/use-hydrated.ts';
import { useLiveContext, useLiveStatus } from '#lib/client/hooks/use-live.ts';
import type { AgeMeter } from '#lib/client/live/create-age-meter.ts';
import { formatSpan, formatZone } from '#lib/view/format/times.ts';
import type { WallTruth } from '#lib/view/wall/decide-wall-truth.ts';
import { measureText } from '#lib/view/wall/measure-text.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';
import type { WallNotice } from '#lib/view/wall/track-notices.ts';
import type { Box } from '#lib/view/wall/wall-plan.ts';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';
import * as connection from '#words/pages/connection.ts';
import * as words from '#words/pages/wall.ts';
import { toBoxStyle, WallText } from './wall-text.tsx';

interface WallFootProps {
  box: Box;
  unitPx: number;
  meter: AgeMeter;
  truth: WallTruth;
  notices: readonly WallNotice[];
  /** What else must be said: that this is a demo, that an option was not understood. */
  notes: readonly string[];
}

/** Of a server that is not heard. */
const LIVENESS_WORDS = {
  live: words.serverSilent,
  stale: connection.reconnecting,
  lost: connection.lost,
};
const WORDS = { appeared: words.appeared, cleared: words.wellAgain };

/** Of a server that is heard, and says that it hears of no swarm. */
function findUnread(truth: WallTruth): string | null {
  if (truth.kind !== 'stale' || truth.of === 'server') return null;
  return truth.of === 'swarm' ? words.unread : words.unreadSwarms;
}

/** How old the data is, always; and what came and went last. */
export function WallFoot({ box, unitPx, meter, truth, notices, notes }: WallFootProps) {
  const fontPx = WALL_SIZES.text.foot * unitPx;
  const { clock } = useLiveContext();
  // However lately the server sent something, what is shown is as old as this.
  const sinceMs = truth.kind === 'stale' ? truth.sinceMs : null;
  const age = useDataAge(meter, (ageMs) =>
    formatSpan(sinceMs === null ? ageMs : Math.max(ageMs, clock.nowMs() - sinceMs)),
  );
  const { confirmedAtMs, liveness } = useLiveStatus();
  const word = findUnread(truth) ?? (truth.kind === 'live' ? words.live : LIVENESS_WORDS[liveness]);
  let left = box.width / fontPx - measureText(words.dataOld(word, words.longestAge)) - 5;
  const shownNotes = fill(notes.map((text) => ({ text, item: text })));
  const shownNotices = fill(
    notices.map((notice) => ({ text: `00:00:00 ${toNoticeWords(notice)}`, item: notice })),
  );
  // Of the clock and all times on the wall, which only the screen knows.
  const zone = formatZone(clock.nowMs(), 'local');
  const shownZone = fill(useHydrated() ? [{ text: zone, item: zone }] : []);
  return (
    <footer
      className="wall-place wall-foot"
      style={{ ...toBoxStyle(box), padding: `0 ${2 * unitPx}px`, gap: 2 * unitPx }}
    >
      <WallText kind="foot" fontPx={fontPx} className="wall-age">
        <i key={confirmedAtMs} className="wall-dot" data-connection={truth.kind} />
        <span data-age={age}>{words.dataOld(word, age)}</span>
      </WallText>
      {shownNotices.map((notice) => (
        <WallText
          key={`${notice.kind} ${notice.id} ${notice.atMs}`}
          kind="foot"
          fontPx={fontPx}
          className="wall-notice"
        >
          <span data-notice={notice.kind}>
            <ClockTime atMs={notice.atMs} /> {toNoticeWords(notice)}
          </span>
        </WallText>
      ))}
      <span className="wall-grow" />
      {shownNotes.map((note) => (
        <WallText key={note} kind="foot" fontPx={fontPx} className="wall-note">
          {note}
        </WallText>
      ))}
      {shownZone.map((text) => (
        <WallText key={text} kind="foot" fontPx={fontPx} className="wall-muted">
          {text}
        </WallText>
      ))}
    </footer>
  );

  /** As many, from the first on, as there is room for. */
  function fill<T>(parts: readonly { text: string; item: T }[]): T[] {
    const shown: T[] = [];
    for (const { text, item } of parts) {
      const em = measureText(text) + 1.5;
      if (em > left) break;
      left -= em;
      shown.push(item);
    }
    return shown;
  }
}

function toNoticeWords({ name, kind }: WallNotice): string {
  return `${shortenText(toOneLine(name), 18, { keep: 'ends' })} ${WORDS[kind]}`;
}
