'use client';
import { useEffect, useState } from 'react';
import { AxisLanes } from '#components/timeline/axis-lanes.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { useLiveContext } from '#lib/client/hooks/use-live.ts';
import { keys } from '#lib/client/live/keys.ts';
import { fetchJson } from '#lib/client/page/fetch-json.ts';
import type { Incident } from '#lib/model/contract/incident.ts';
import type { Timeline } from '#lib/model/contract/timeline.ts';
import { formatTimeFrame, type TimeWindow } from '#lib/view/history/time-frame.ts';
import { toCourseWindow } from '#lib/view/incident/to-course.ts';
import { toPath } from '#lib/view/links/to-path.ts';
import * as words from '#words/pages/incident.ts';

/** One that lasts goes on: its axis is read again so often. */
const AGAIN_MS = 10_000;
const PLACE = { axis: null };

interface SwarmThenPanelProps {
  incident: Incident;
  /** What the server read of the time of its course; `null`: it takes too long. */
  initial: Timeline | null;
  /** The server's clock when it drew the page. */
  atMs: number;
}

/** What happened in the whole swarm meanwhile, on the axis of its course: deploys, nodes, managers, what failed elsewhere. */
export function SwarmThenPanel({ incident, initial, atMs }: SwarmThenPanelProps) {
  const { clock } = useLiveContext();
  const [now, setNow] = useState<{ timeline: Timeline | null; window: TimeWindow; error: Error | null }>(
    () => ({
      timeline: initial,
      window: toCourseWindow({ incident }, atMs),
      error: null,
    }),
  );
  const isOpen = incident.recoveredAtMs === null && incident.endedAtMs === null;
  const isMissing = now.timeline === null;
  useEffect(() => {
    if (!isOpen && !isMissing) return;
    let isCurrent = true;
    const ask = async () => {
      const window = toCourseWindow({ incident }, clock.nowMs());
      try {
        const timeline = await fetchJson<Timeline>(keys.timeline(window.fromMs, window.untilMs));
        if (isCurrent) setNow({ timeline, window, error: null });
      } catch (error) {
        if (isCurrent) setNow((before) => ({ ...before, error: error as Error }));
      }
    };
    const timer = setTimeout(ask, isMissing ? 0 : AGAIN_MS);
    const again = isOpen ? setInterval(ask, AGAIN_MS) : undefined;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      clearInterval(again);
    };
  }, [incident, isOpen, isMissing, clock]);
  const query = new URLSearchParams(formatTimeFrame({ kind: 'fixed', ...now.window }));
  return (
    <Panel
      title={words.swarmThen}
      className="swarm-then"
      note={
        <a className="text-accent" href={toPath(`/timeline?${query}`)}>
          {words.onTimeline}
        </a>
      }
    >
      <AxisLanes timeline={now.timeline} window={now.window} place={PLACE} stacks={null} error={now.error} />
    </Panel>
  );
}
