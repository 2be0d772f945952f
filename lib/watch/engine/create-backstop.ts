import { createOneTimer } from '#lib/flow/create-one-timer.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { Attempts } from '#lib/watch/create-attempts.ts';

/** Lists an engine's containers at a slow pace: what no event told shows there. */
export interface Backstop {
  /** Plans the next list, by how many containers there are. */
  plan(): void;
  /** Lists now: more happened than was seen. */
  now(): void;
  stop(): void;
}

export interface BackstopOptions {
  clock: Clock;
  count(): number;
  /** How many containers there are on all engines: together they are listed within what a large swarm may cost. */
  total(): number;
  /** Lists, and reads what differs. */
  compare(): Promise<void>;
  attempt: Attempts['attempt'];
  onCompared(): void;
  onFailed(error: unknown): void;
}

export function createBackstop(options: BackstopOptions): Backstop {
  const { clock } = options;
  const timer = createOneTimer(clock, now);

  function plan(): void {
    timer.in(toBackstopMs(options.count(), options.total()) * (0.8 + clock.random() * 0.4));
  }

  function now(): void {
    options.attempt(
      options.compare(),
      () => {
        options.onCompared();
        plan();
      },
      (error) => {
        plan();
        options.onFailed(error);
      },
    );
  }

  return { plan, now, stop: timer.cancel };
}

/**
 * Each list by what it costs, 1.2 kB a container, and all of them by what they cost together: 0.6 MB a minute from 250 to 1,500
 * containers, then as much as three minutes ask for. An end that no event told of is found sooner, by the sweep (`tracker/probe-due.ts`)
 * or the run check (`tracker/create-run-check.ts`); what else is lost without a trace within three minutes, as by the managers' full list.
 */
export function toBackstopMs(own: number, total: number): number {
  return Math.min(180_000, Math.max(30_000 + 300 * own, 120 * total));
}
