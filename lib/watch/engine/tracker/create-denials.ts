import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createAttempts } from '#lib/watch/create-attempts.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { ContainerTable } from './container-table.ts';
import { findAbsent } from './sweep.ts';
import { denyRunning, giveUpDenied } from './take-read.ts';

/**
 * What is done about containers that an engine says do not run, while they are held to: the events of their ends were lost. They
 * are read; where their inspect hangs, too, that they are not as they were is said a second later.
 */
export interface Denials {
  deny(id: string): void;
  /**
   * Reads these, of which a probe was due and no event came, and asks whether they run, and those whose inspects take long: the
   * engine answers that without looking into them.
   */
  look(due: readonly string[]): void;
  reset(): void;
}

export function createDenials(options: {
  client: Pick<EngineClient, 'findStopped' | 'endpoint'>;
  clock: Pick<Clock, 'nowMs' | 'setTimer'>;
  table: ContainerTable;
  isSparse: boolean;
  read(id: string): void;
  /** Runs this, and lets nothing that it throws through. */
  guard(act: () => void): void;
}): Denials {
  const { client, clock, table, isSparse, read, guard } = options;
  const { attempt, drop } = createAttempts();
  const timers = new Set<Timer>();
  let longest: ReadonlySet<unknown> = new Set();

  function deny(id: string): void {
    denyRunning(table, id);
    read(id);
    const timer = clock.setTimer(LIMITS.deniedMs, () => {
      timers.delete(timer);
      const words = `${client.endpoint} says that it does not run, and does not tell more of it.`;
      guard(() => giveUpDenied(table, id, new EngineError('timeout', words), clock.nowMs()));
    });
    timers.add(timer);
  }

  /** Inspects that were under way when this was asked the last time, and are still. */
  function takeLong(): string[] {
    const long = [...table.flights].filter(([id, flight]) => {
      const tracked = table.known.get(id);
      return longest.has(flight) && tracked?.container.state === 'running' && tracked.failed === null;
    });
    return long.map(([id]) => id);
  }

  function look(due: readonly string[]): void {
    const ids = new Set([...findAbsent(table, due, isSparse, clock.nowMs()), ...takeLong()]);
    for (const id of due) read(id);
    longest = new Set(table.flights.values());
    if (ids.size === 0) return;
    attempt(
      client.findStopped([...ids]),
      ({ stopped }) =>
        guard(() => {
          for (const id of stopped) deny(id);
        }),
      // What it does not answer the inspects tell, or the engine's own watch.
      () => {},
    );
  }

  return {
    deny,
    look,
    reset() {
      drop();
      for (const timer of timers) timer.cancel();
      timers.clear();
      longest = new Set();
    },
  };
}
