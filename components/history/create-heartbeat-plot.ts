import uPlot from 'uplot';
import { readZone } from '#lib/client/hooks/use-zone.ts';
import { formatDuration } from '#lib/view/format/times.ts';
import type { Bar } from '#lib/view/history/bars.ts';
import { toDurationTicks, toHeightShare, toTimeTicks } from '#lib/view/history/scales.ts';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { drawHeartbeat, type HeartbeatPicture } from './draw-heartbeat.ts';
import { readPalette } from './read-palette.ts';

export interface HeartbeatPlot {
  show(picture: HeartbeatPicture): void;
  /** Marks one bar; `null` marks none. */
  mark(index: number | null): void;
  /** Reads the colours anew and draws. */
  redraw(): void;
  close(): void;
}

interface Handlers {
  /** The pointer is nearest to this bar; `null` when it has left. */
  onPoint(index: number | null): void;
  /** Somebody dragged over this stretch. */
  onZoom(window: TimeWindow): void;
  onReset(): void;
}

/** The plot's left and right margin: what lies above and beneath it is lined up with them. */
const PLOT_LEFT_PX = 56;
const PLOT_RIGHT_PX = 18;
const HEIGHT_PX = 176;
const MIN_DRAG_PX = 6;
const PX_PER_TIME_TICK = 84;
const FOOT_SHARE = -0.13;
const HEAD_SHARE = 1.08;

/** A canvas plot of probes over time inside `element`. */
export function createHeartbeatPlot(element: HTMLElement, handlers: Handlers): HeartbeatPlot {
  let picture: HeartbeatPicture = {
    bars: [],
    window: { fromMs: 0, untilMs: 1 },
    timeoutMs: 1,
    gaps: [],
    ends: [],
  };
  let palette = readPalette(element);
  let marked: number | null = null;
  const marker = document.createElement('div');
  marker.className = 'heartbeat-marker';
  marker.hidden = true;

  const placeMarker = () => {
    const bar = marked === null ? undefined : picture.bars[marked];
    marker.hidden = bar === undefined;
    if (bar !== undefined) marker.style.left = `${plot.valToPos(toMiddle(bar), 'x')}px`;
  };

  const plot = new uPlot(
    toPlotOptions({
      widthPx: element.clientWidth,
      picture: () => picture,
      palette: () => palette,
      handlers,
      onSize: () => placeMarker(),
    }),
    [[], []],
    element,
  );
  plot.over.append(marker);

  const resize = new ResizeObserver(() => {
    const width = element.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({ width, height: HEIGHT_PX });
  });
  resize.observe(element);

  return {
    show(next) {
      picture = next;
      plot.setData([
        next.bars.map(toMiddle),
        next.bars.map(({ medianMs }) => toHeightShare(medianMs, next.timeoutMs)),
      ]);
      placeMarker();
    },
    mark(index) {
      marked = index;
      placeMarker();
    },
    redraw() {
      palette = readPalette(element);
      plot.redraw(false, true);
    },
    close() {
      resize.disconnect();
      plot.destroy();
    },
  };
}

/** How uPlot is set up. The picture and the colours change: they are asked for at each drawing. */
function toPlotOptions(parts: {
  widthPx: number;
  picture(): HeartbeatPicture;
  palette(): ReturnType<typeof readPalette>;
  handlers: Handlers;
  onSize(): void;
}): uPlot.Options {
  const { widthPx, picture, palette, handlers, onSize } = parts;
  const timeTicks = (u: uPlot) => {
    const max = Math.max(2, Math.floor(u.width / PX_PER_TIME_TICK));
    return toTimeTicks(picture().window, max, readZone());
  };
  const axis = {
    stroke: () => palette().faint,
    font: `12px ${palette().fontFamily}`,
    ticks: { show: false },
  };
  return {
    width: Math.max(200, widthPx),
    height: HEIGHT_PX,
    padding: [8, PLOT_RIGHT_PX, 0, 0],
    legend: { show: false },
    scales: {
      x: { time: false, range: () => [picture().window.fromMs, picture().window.untilMs] },
      y: { range: () => [FOOT_SHARE, HEAD_SHARE] },
    },
    axes: [
      {
        ...axis,
        size: 26,
        gap: 4,
        grid: { stroke: () => palette().line, width: 1 },
        splits: (u) => timeTicks(u).map(({ atMs }) => atMs),
        values: (u) => timeTicks(u).map(({ label }) => label),
      },
      {
        ...axis,
        size: PLOT_LEFT_PX,
        gap: 8,
        grid: { stroke: () => palette().line, width: 1 },
        splits: () =>
          toDurationTicks(picture().timeoutMs).map((ms) => toHeightShare(ms, picture().timeoutMs)),
        values: () => toDurationTicks(picture().timeoutMs).map((ms) => shorten(formatDuration(ms))),
      },
    ],
    series: [{}, { paths: () => null, points: { show: false } }],
    cursor: {
      y: false,
      points: { show: false },
      drag: { x: true, y: false, setScale: false, dist: MIN_DRAG_PX },
      bind: {
        dblclick: () => () => {
          handlers.onReset();
          return null;
        },
      },
    },
    hooks: {
      draw: [(u) => drawHeartbeat(u, picture(), palette())],
      setCursor: [(u) => handlers.onPoint(u.cursor.idx ?? null)],
      setSelect: [
        (u) => {
          const { left, width } = u.select;
          if (width < MIN_DRAG_PX) return;
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          handlers.onZoom({
            fromMs: Math.round(u.posToVal(left, 'x')),
            untilMs: Math.round(u.posToVal(left + width, 'x')),
          });
        },
      ],
      setSize: [onSize],
    },
  };
}

function toMiddle({ fromMs, untilMs, probe }: Bar): number {
  return probe === null ? (fromMs + untilMs) / 2 : fromMs;
}

/** `3.00 s` on an axis is `3 s`. */
function shorten(duration: string): string {
  return duration.replace(/\.0+(?= )/, '');
}
