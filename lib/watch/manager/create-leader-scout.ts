import type { EngineClient } from '#lib/engine/port.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createAttempts } from '#lib/watch/create-attempts.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { pingSwarm } from './create-hang-check.ts';

/**
 * While no manager is read: asks all of them side by side whether they reach a leader. One after the other, each that
 * hangs or is silent would keep the next from being tried.
 */
export interface LeaderScout {
  start(): void;
  stop(): void;
  /** Did this one reach a leader when it was asked last? `null`: its answer is waited for, or it was not asked. */
  findingOf(client: EngineClient): boolean | null;
}

/** @param onFinding does this manager reach a leader? */
export function createLeaderScout(
  clock: Clock,
  clients: readonly EngineClient[],
  onFinding: (client: EngineClient, reachesLeader: boolean) => void,
): LeaderScout {
  const attempts = createAttempts();
  const findings = new Map<EngineClient, boolean>();
  const timers = new Map<EngineClient, Timer>();
  let isOn = false;

  function askIn(delayMs: number, client: EngineClient): void {
    timers.set(
      client,
      clock.setTimer(delayMs, () => {
        attempts.attempt(
          pingSwarm(clock, client, LIMITS.scoutPingMs),
          () => learn(client, true),
          () => learn(client, false),
        );
      }),
    );
  }

  function learn(client: EngineClient, reachesLeader: boolean): void {
    findings.set(client, reachesLeader);
    askIn(LIMITS.scoutMs, client);
    onFinding(client, reachesLeader);
  }

  return {
    start() {
      if (isOn || clients.length < 2) return;
      isOn = true;
      for (const client of clients) askIn(LIMITS.scoutMs, client);
    },
    stop() {
      if (!isOn) return;
      isOn = false;
      attempts.drop();
      findings.clear();
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
    findingOf: (client) => findings.get(client) ?? null,
  };
}
