'use client';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import type { Zone } from '#lib/client/hooks/use-zone.ts';
import type { SlotRibbon } from '#lib/model/contract/history.ts';
import { formatMoment } from '#lib/view/format/times.ts';
import { describePiece, type RibbonPiece, toRibbon, toSegmentHref } from '#lib/view/history/ribbon.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import * as words from '#words/pages/history.ts';
import { now } from '#words/pages/pieces.ts';

interface SlotRibbonRowProps {
  serviceName: string;
  slot: SlotRibbon;
  window: TimeWindow;
  zone: Zone;
  onPoint: (point: { slot: SlotRibbon; piece: RibbonPiece } | null) => void;
}

const MIN_PERCENT = 0.7;

function toLabel(piece: RibbonPiece, zone: Zone): string {
  const first = piece.segments[0];
  const last = piece.segments.at(-1);
  if (first === undefined || last === undefined) return '';
  const until = last.untilMs === null ? now : formatMoment(last.untilMs, zone);
  const why = piece.segments.length === 1 && last.end !== null ? ` ${last.end.sentence}` : '';
  return words.pieceLine(formatMoment(first.fromMs, zone), until, describePiece(piece.segments), why);
}

/** One slot over time: its tasks from left to right, each ending with its cause. */
export function SlotRibbonRow({ serviceName, slot, window, zone, onPoint }: SlotRibbonRowProps) {
  const pieces = toRibbon(slot, window, MIN_PERCENT);
  const name = toReplicaName(slot);
  const label = slot.slot === null ? (slot.hostname ?? slot.key.slice(0, 12)) : String(slot.slot);
  return (
    <li className="ribbon-row" data-current={slot.current} data-slot={slot.key}>
      {slot.current ? (
        <a className="ribbon-name" href={toReplicaHref(serviceName, slot.key)} aria-label={name}>
          {label}
        </a>
      ) : (
        <span className="ribbon-name text-faint" title={words.notWanted(name)}>
          {label}
        </span>
      )}
      <span className="ribbon-track">
        {pieces.map((piece) => (
          <a
            key={piece.key}
            href={toSegmentHref(serviceName, slot.key, piece.segments, window.untilMs)}
            className={piece.segments.length > 1 ? 'ribbon-piece many' : 'ribbon-piece'}
            style={{ left: `${piece.leftPercent}%`, width: `${piece.widthPercent}%` }}
            data-ends-badly={piece.endsBadly || undefined}
            aria-label={toLabel(piece, zone)}
            onPointerEnter={() => onPoint({ slot, piece })}
            onFocus={() => onPoint({ slot, piece })}
          >
            {piece.statuses.map((status) => (
              <i
                key={`${status.leftPercent}-${status.status}`}
                className={status.status === null ? 's-unknown' : STATUS_LOOKS[status.status].className}
                style={{ left: `${status.leftPercent}%`, width: `${status.widthPercent}%` }}
              />
            ))}
            {piece.endsBadly && <b className="ribbon-end s-failed" aria-hidden="true" />}
          </a>
        ))}
      </span>
    </li>
  );
}
