'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useMemo, useState } from 'react';
import { TimeAxis } from '#components/history/time-axis.tsx';
import { STATUS_LOOKS } from '#components/status/looks.ts';
import { DetailHead } from '#components/ui/detail-head.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useZone } from '#lib/client/hooks/use-zone.ts';
import type { ServiceComparison } from '#lib/model/contract/comparison.ts';
import { type Comparison, toComparison } from '#lib/view/compare/to-comparison.ts';
import { toScale } from '#lib/view/compare/to-lines.ts';
import { formatBytes } from '#lib/view/format/amounts.ts';
import { formatClock, formatDuration } from '#lib/view/format/times.ts';
import { FRAME_PRESETS, formatTimeFrame, type TimeFrame } from '#lib/view/history/time-frame.ts';
import { toReplicaHref, toServiceHref } from '#lib/view/links/to-href.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import { countReplicas } from '#words/counts.ts';
import * as words from '#words/pages/compare.ts';
import { ComparePlot, type PlotPoint } from './compare-plot.tsx';
import { CompareTable } from './compare-table.tsx';

const PRESETS = FRAME_PRESETS.filter(({ key }) => key !== '7d');
/** So much around the moment that was clicked is shown of the replica. */
const AROUND_MS = 5 * 60_000;
/** What is shown of a time that goes on is asked for again as often as it could look different. */
const MIN_REFRESH_MS = 10_000;
/** Readings of memory are this far apart at most, as long as they are read. */
const USAGE_GAP_MS = 300_000;

interface CompareViewProps {
  name: string;
  /** `null`: the history cannot be read now. */
  past: ServiceComparison | null;
  frame: TimeFrame;
  /** Whether what containers use is read. */
  usage: boolean;
  /** Below the banner of a moment. */
  isPast?: boolean;
}

/** All replicas of a service on one axis: the others are grey, what stands out is coloured. */
export function CompareView({ name, past, frame, usage, isPast = false }: CompareViewProps) {
  const comparison = useMemo(() => (past === null ? null : toComparison(past)), [past]);
  useRefresh(frame.kind === 'newest' ? Math.max(MIN_REFRESH_MS, past?.stretchMs ?? 0) : null);
  const out = comparison?.out ?? [];
  const slots = countReplicas(past?.slots.length ?? 0);
  const range = FRAME_PRESETS.find(({ lengthMs }) => frame.kind === 'newest' && lengthMs === frame.lengthMs);
  return (
    <div className="page grid gap-5">
      <DetailHead
        hasPast={!isPast}
        trail={[
          { text: words.services, href: toPath('/') },
          { text: name, href: toServiceHref(name) },
          { text: words.title },
        ]}
        title={name}
        status={
          out[0] === undefined
            ? null
            : {
                word: out.length === 1 ? words.oneOut(out[0].name) : words.manyOut(out.length),
                className: STATUS_LOOKS.failing.className,
              }
        }
        about={range === undefined ? words.aboutFixed(slots) : words.about(slots, range.words)}
        sentence={comparison === null ? words.unread : describeComparison(comparison)}
      />
      {past !== null && comparison !== null && (
        <>
          <Panel title={words.axisTitle} note={<Ranges name={name} frame={frame} />}>
            {past.slots.length === 0 ? (
              <p className="p-4 text-muted">{words.nothing}</p>
            ) : (
              <Plots past={past} comparison={comparison} usage={usage} />
            )}
          </Panel>
          <CompareTable past={past} comparison={comparison} />
        </>
      )}
    </div>
  );
}

function describeComparison({ out, known, probeMiddle, memoryMiddle }: Comparison): string {
  const [first] = out;
  if (first === undefined) return known < 3 ? words.tooFew : words.noneOut;
  const { name, slot, probe, memory } = first;
  const place = slot.slot === null || slot.hostname === null ? '' : words.onNode(slot.hostname);
  return probe.times !== null
    ? words.slowOut(name, place, formatDuration(probe.value ?? 0), formatDuration(probeMiddle ?? 0))
    : words.memoryOut(name, place, formatBytes(memory.value ?? 0), formatBytes(memoryMiddle ?? 0));
}

/** Lengths of time, as links: each is one question to the server. */
function Ranges({ name, frame }: { name: string; frame: TimeFrame }) {
  return (
    <nav className="compare-ranges" aria-label={words.ranges}>
      {PRESETS.map(({ key, label, lengthMs }) => (
        <a
          key={key}
          href={`${toServiceHref(name)}/compare?${new URLSearchParams(formatTimeFrame({ kind: 'newest', lengthMs }))}`}
          aria-current={frame.kind === 'newest' && frame.lengthMs === lengthMs ? 'true' : undefined}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}

interface PlotsProps {
  past: ServiceComparison;
  comparison: Comparison;
  usage: boolean;
}

function Plots({ past, comparison, usage }: PlotsProps) {
  const router = useRouter();
  const zone = useZone();
  const [point, setPoint] = useState<PlotPoint | null>(null);
  const { slots } = comparison;
  const probes = past.slots.map(({ probesMs }) => probesMs);
  const memory = past.slots.map(({ memoryBytes }) => memoryBytes);
  const limits = new Set(past.slots.map(({ memoryMaxBytes }) => memoryMaxBytes));
  const [limit = null] = limits.size === 1 ? limits : [];
  const onOpen = ({ at, slot }: PlotPoint) => {
    const atMs = past.fromMs + (at + 0.5) * past.stretchMs;
    const around = { kind: 'fixed', fromMs: atMs - AROUND_MS, untilMs: atMs + AROUND_MS } as const;
    const query = new URLSearchParams(formatTimeFrame(around));
    router.push(`${toReplicaHref(past.serviceName, slot.key)}?${query}`);
  };
  const shared = { past, slots, point, onPoint: setPoint, onOpen };
  const shown = point === null ? undefined : slots.find(({ slot }) => slot.key === point.slot.key);
  return (
    <div className="compare">
      <ComparePlot
        {...shared}
        title={words.probes}
        note={words.probesNote}
        read={(slot) => slot.probesMs}
        scale={toScale(probes, null, true)}
        format={formatDuration}
        counting="decimal"
        limit={null}
        maxGapMs={2 * (past.intervalMs ?? 0)}
        isOut={({ probe }) => probe.times !== null}
        failures
        empty={words.noProbes}
      />
      <ComparePlot
        {...shared}
        title={words.memory}
        note={words.memoryNote}
        read={(slot) => slot.memoryBytes}
        scale={toScale(memory, limit, false)}
        format={formatBytes}
        counting="binary"
        limit={limit === null ? null : { value: limit, label: words.limit(formatBytes(limit)) }}
        maxGapMs={USAGE_GAP_MS}
        isOut={({ memory: used }) => used.times !== null}
        failures={false}
        empty={usage ? words.noMemory : words.usageOff}
      />
      <div className="compare-axis">
        <TimeAxis window={past} />
      </div>
      <p className="compare-readout" aria-live="polite">
        {point === null || shown === undefined ? (
          <span className="text-muted">{words.help}</span>
        ) : (
          <>
            <b>{shown.name}</b> <span>{formatValue(point.slot.probesMs[point.at], formatDuration)}</span>{' '}
            <span>{formatValue(point.slot.memoryBytes[point.at], formatBytes)}</span>{' '}
            <span className="text-muted">
              {words.at(formatClock(past.fromMs + (point.at + 0.5) * past.stretchMs, zone))}
            </span>
          </>
        )}
      </p>
      {past.left > 0 && <p className="history-notice">{words.left(past.left)}</p>}
    </div>
  );
}

function formatValue(value: number | null | undefined, format: (value: number) => string): string {
  return value == null ? words.notKnown : format(value);
}

/** Asks the server for the page again, as long as it is seen. `null`: never. */
function useRefresh(everyMs: number | null): void {
  const router = useRouter();
  useEffect(() => {
    if (everyMs === null) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [router, everyMs]);
}
