import type { Timeline } from './create-timeline.ts';

/** The least time between two looks: at ten thousand replicas something is due at every moment. */
const MIN_WAIT_MS = 2;

/** Lets the swarm's time pass with the real one: one timer for everything. */
export function driveTimeline(timeline: Timeline): { close(): void } {
  let timer: NodeJS.Timeout | null = null;
  const plan = () => {
    const nextMs = timeline.nextMs();
    const waitMs = Math.min(50, Math.max(MIN_WAIT_MS, (nextMs ?? Number.POSITIVE_INFINITY) - Date.now()));
    timer = setTimeout(() => {
      timeline.runUntil(Date.now());
      plan();
    }, waitMs);
  };
  plan();
  return {
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
