import { ClockTime } from '#components/live/times.tsx';
import { StatusWord } from '#components/status/status-word.tsx';
import type { SlotRibbon } from '#lib/model/contract/history.ts';
import { describePiece, type RibbonPiece } from '#lib/view/history/ribbon.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import * as pieces from '#words/pages/pieces.ts';
import { TaskEnd } from './task-end.tsx';

/** What the ribbon says where the pointer or the keyboard is. */
export function PieceReadout({
  slot,
  piece,
  nowMs,
}: {
  slot: SlotRibbon;
  piece: RibbonPiece;
  nowMs: number;
}) {
  const first = piece.segments[0];
  const last = piece.segments.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <div className="flex gap-3">
      <b className="font-semibold whitespace-nowrap">{toReplicaName(slot)}</b>
      <div className="min-w-0">
        {piece.segments.length === 1 ? (
          <TaskEnd segment={first} nowMs={nowMs} />
        ) : (
          <p>
            <StatusWord
              look={{
                word: describePiece(piece.segments),
                className: piece.endsBadly ? 's-failed' : 's-complete',
              }}
            />{' '}
            <span className="font-mono text-[12.5px] text-muted">
              <ClockTime atMs={first.fromMs} nearMs={nowMs} />
              {` ${pieces.until} `}
              {last.untilMs === null ? pieces.now : <ClockTime atMs={last.untilMs} nearMs={nowMs} />}
            </span>
          </p>
        )}
      </div>
    </div>
  );
}
