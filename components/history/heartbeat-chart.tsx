'use client';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import type { TimeWindow } from '#lib/view/history/time-frame.ts';
import { createHeartbeatPlot, type HeartbeatPlot } from './create-heartbeat-plot.ts';
import type { HeartbeatPicture } from './draw-heartbeat.ts';

interface HeartbeatChartProps {
  picture: HeartbeatPicture;
  marked: number | null;
  onPoint: (index: number | null) => void;
  onZoom: (window: TimeWindow) => void;
  onReset: () => void;
}

/** The canvas of the heartbeat. The panel around it says the same in words. */
export default function HeartbeatChart({ picture, marked, onPoint, onZoom, onReset }: HeartbeatChartProps) {
  const element = useRef<HTMLDivElement>(null);
  const plot = useRef<HeartbeatPlot | null>(null);
  const handlers = useRef({ onPoint, onZoom, onReset });
  handlers.current = { onPoint, onZoom, onReset };

  useEffect(() => {
    if (element.current === null) return;
    const own = createHeartbeatPlot(element.current, {
      onPoint: (index) => handlers.current.onPoint(index),
      onZoom: (window) => handlers.current.onZoom(window),
      onReset: () => handlers.current.onReset(),
    });
    plot.current = own;
    const watch = new MutationObserver(own.redraw);
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    const schemes = [matchMedia('(prefers-color-scheme: light)'), matchMedia('print')];
    for (const scheme of schemes) scheme.addEventListener('change', own.redraw);
    document.fonts.ready.then(() => plot.current?.redraw());
    return () => {
      watch.disconnect();
      for (const scheme of schemes) scheme.removeEventListener('change', own.redraw);
      own.close();
      plot.current = null;
    };
  }, []);

  useEffect(() => plot.current?.show(picture), [picture]);
  useEffect(() => plot.current?.mark(marked), [marked]);

  return <div ref={element} className="heartbeat-canvas" aria-hidden="true" />;
}
