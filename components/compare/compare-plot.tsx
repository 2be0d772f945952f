import type { MouseEvent } from 'react';
import type { ComparedSlot, ServiceComparison } from '#lib/model/contract/comparison.ts';
import type { SlotFacts } from '#lib/view/compare/to-comparison.ts';
import { type Scale, toBand, toLine, toTicks, toY } from '#lib/view/compare/to-lines.ts';
import type { Counting } from '#lib/view/format/round-steps.ts';
import * as words from '#words/pages/compare.ts';

/** With more slots than this those that do not stand out are one band. */
const MAX_LINES = 12;

/** A moment of one slot. */
export interface PlotPoint {
  at: number;
  slot: ComparedSlot;
}

interface ComparePlotProps {
  past: ServiceComparison;
  slots: readonly SlotFacts[];
  title: string;
  note: string;
  read: (slot: ComparedSlot) => readonly (number | null)[];
  scale: Scale;
  format: (value: number) => string;
  /** What the values beside the axis are round in. */
  counting: Counting;
  limit: { value: number; label: string } | null;
  maxGapMs: number;
  isOut: (slot: SlotFacts) => boolean;
  /** Marks on top where probes failed. */
  failures: boolean;
  /** What is said where nothing is known. */
  empty: string;
  point: PlotPoint | null;
  onPoint: (point: PlotPoint | null) => void;
  onOpen: (point: PlotPoint) => void;
}

/** One measure of all slots over time. */
export function ComparePlot(props: ComparePlotProps) {
  const { past, slots, title, note, read, scale, format, limit, isOut, failures, empty, point } = props;
  const { counting, onPoint, onOpen, maxGapMs } = props;
  const isMany = slots.length > MAX_LINES;
  const cursor = point === null ? null : ((point.at + 0.5) / read(point.slot).length) * 1000;
  const toPath = ({ slot }: SlotFacts) => toLine(read(slot), slot.tasks, past, maxGapMs, scale);
  const quiet = slots.filter((one) => !isOut(one));
  const band = isMany
    ? toBand(
        quiet.map(({ slot }) => read(slot)),
        scale,
      )
    : '';
  const isKnown = slots.some(({ slot }) => read(slot).some((value) => value !== null));
  const toPoint = (event: MouseEvent<HTMLElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const x = (event.clientX - left) / Math.max(1, width);
    const y = ((event.clientY - top) / Math.max(1, height)) * 100;
    return findPoint(slots, read, scale, x, y);
  };
  const ticks = toTicks(scale, counting).map((value) => ({ y: toY(value, scale), label: format(value) }));
  const pointed = point === null ? null : slots.find(({ slot }) => slot.key === point.slot.key);
  return (
    <figure className="compare-plot">
      <figcaption>
        <b>{title}</b> <span className="text-muted">{note}</span>
      </figcaption>
      {!isKnown ? (
        <p className="compare-empty text-muted">{empty}</p>
      ) : (
        <div className="compare-row">
          <div className="compare-ticks" aria-hidden="true">
            {ticks.map(({ y, label }) => (
              <span key={y} style={{ top: `${y}%` }}>
                {label}
              </span>
            ))}
          </div>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: the table below leads to the same replicas by keyboard. */}
          <div
            className="compare-area"
            onPointerMove={(event) => onPoint(toPoint(event))}
            onPointerLeave={() => onPoint(null)}
            onClick={(event) => {
              const found = toPoint(event);
              if (found !== null) onOpen(found);
            }}
          >
            <i
              className="compare-unknown"
              style={{ width: `${toUnknown(slots.map(({ slot }) => read(slot)))}%` }}
            />
            <svg
              viewBox="0 0 1000 100"
              preserveAspectRatio="none"
              role="img"
              aria-label={words.plotLabel(title, String(slots.length))}
            >
              {ticks.map(({ y }) => (
                <line key={y} x1="0" x2="1000" y1={y} y2={y} className="compare-grid" />
              ))}
              {limit !== null && (
                <line
                  x1="0"
                  x2="1000"
                  y1={toY(limit.value, scale)}
                  y2={toY(limit.value, scale)}
                  className="compare-limit s-unhealthy"
                />
              )}
              <path d={band} className="compare-band" />
              {(isMany ? [] : quiet).map((one) => (
                <path key={one.slot.key} d={toPath(one)} className="compare-line" />
              ))}
              {pointed != null && <path d={toPath(pointed)} className="compare-line compare-pointed" />}
              {slots.filter(isOut).map((one) => (
                <path
                  key={one.slot.key}
                  d={toPath(one)}
                  className="compare-line compare-out s-failing"
                  data-out={one.slot.key}
                />
              ))}
              {failures && <Failures slots={slots} />}
              {cursor !== null && <line x1={cursor} x2={cursor} y1="0" y2="100" className="compare-cursor" />}
            </svg>
            {limit !== null && (
              <span className="compare-word s-unhealthy" style={{ top: `${toY(limit.value, scale)}%` }}>
                {limit.label}
              </span>
            )}
          </div>
        </div>
      )}
    </figure>
  );
}

/** How much of the axis, in percent, lies before anything is known. */
function toUnknown(all: readonly (readonly (number | null)[])[]): number {
  const [first] = all;
  const at = first?.findIndex((_, index) => all.some((values) => values[index] != null)) ?? 0;
  return first === undefined || at < 0 ? 0 : (at / first.length) * 100;
}

/** Where any slot's probes failed. */
function Failures({ slots }: { slots: readonly SlotFacts[] }) {
  const length = slots[0]?.slot.failed.length ?? 0;
  const at = Array.from({ length }, (_, index) => index).filter((index) =>
    slots.some(({ slot }) => (slot.failed[index] ?? 0) > 0),
  );
  const path = at.map((index) => `M${((index + 0.5) / length) * 1000} 0v12`).join('');
  return <path d={path} className="compare-failed s-unhealthy" />;
}

/** The slot whose line is nearest to where somebody points; `null`: nothing is known there. */
function findPoint(
  slots: readonly SlotFacts[],
  read: ComparePlotProps['read'],
  scale: Scale,
  x: number,
  y: number,
): PlotPoint | null {
  let nearest: PlotPoint | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const { slot } of slots) {
    const values = read(slot);
    const middle = Math.floor(x * values.length);
    for (let at = middle - 2; at <= middle + 2; at++) {
      const value = values[at];
      if (value == null) continue;
      const away = Math.abs(toY(value, scale) - y) + Math.abs(at - middle) * 4;
      if (away >= distance) continue;
      nearest = { at, slot };
      distance = away;
    }
  }
  return nearest;
}
