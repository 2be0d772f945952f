import { type EngineClient, EngineError } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createAttempts } from '#lib/watch/create-attempts.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';

/** Tells a manager that takes its time from one whose leader is gone: the other answers nothing about its swarm. */
export interface HangCheck {
  /** A list is waited for, until what is returned is called, once or more: was it answered? */
  begin(): (isAnswered: boolean) => void;
  /** Nothing is waited for any more. */
  drop(): void;
}

/** @param onHang the manager does not answer what takes it no time, or reaches too few others */
export function createHangCheck(options: {
  clock: Clock;
  client(): EngineClient;
  /** For an answer that takes no time. */
  patienceMs(): number;
  onHang(error: unknown): void;
}): HangCheck {
  const { clock, client, onHang } = options;
  const attempts = createAttempts();
  /** When each list that is waited for was asked for, in that order. */
  const begun = new Set<{ atMs: number }>();
  /** The longest that a list took lately, be it of another manager. */
  let usualMs: number | null = null;
  let timer: Timer | null = null;

  function toOldestMs(): number {
    const [oldest] = begun;
    return oldest === undefined ? 0 : clock.steadyMs() - oldest.atMs;
  }

  function plan(): void {
    timer ??= clock.setTimer(Math.max(0, LIMITS.slowListMs - toOldestMs()), check);
  }

  function check(): void {
    if (begun.size === 0 || toOldestMs() < LIMITS.slowListMs) planAgain(0);
    else {
      // Who takes long for a list has as much to do for a short one.
      const patienceMs = Math.max(options.patienceMs(), Math.min(LIMITS.swarmPingMostMs, 2 * (usualMs ?? 0)));
      attempts.attempt(pingSwarm(clock, client(), patienceMs), onAnswer, onSilence);
    }
  }

  /** Who goes on waiting for the list learns of it when it comes, or when the next question is answered. */
  function onSilence(error: unknown): void {
    onHang(error);
    planAgain(LIMITS.slowListMs);
  }

  function onAnswer(): void {
    // Asked while there was no leader, it hangs on though there is one again: it never took so long.
    if (usualMs !== null && toOldestMs() > Math.max(LIMITS.lateMs, 10 * usualMs)) client().dropSwarmLists();
    else planAgain(LIMITS.slowListMs);
  }

  function planAgain(minMs: number): void {
    timer = null;
    if (begun.size > 0) timer = clock.setTimer(Math.max(minMs, LIMITS.slowListMs - toOldestMs()), check);
  }

  function stop(): void {
    timer?.cancel();
    timer = null;
    attempts.drop();
  }

  return {
    begin() {
      const mine = { atMs: clock.steadyMs() };
      begun.add(mine);
      plan();
      return (isAnswered) => {
        if (!begun.delete(mine)) return;
        if (isAnswered) usualMs = Math.max(0.9 * (usualMs ?? 0), clock.steadyMs() - mine.atMs);
        if (begun.size === 0) stop();
      };
    },
    drop() {
      begun.clear();
      stop();
    },
  };
}

/**
 * Resolves when the manager reaches its leader within the time, and that one more than half of the managers: cut off, it
 * goes on answering for some 10 s from what it had (swarmkit `raft`, CheckQuorum). Rejects when not.
 */
export async function pingSwarm(clock: Clock, client: EngineClient, limitMs: number): Promise<void> {
  const late = `${client.endpoint} does not list the managers in time.`;
  const managers = await raceLimit(clock, limitMs + 50, client.listManagers(limitMs), late);
  if (!reachesMost(managers)) throw toCutOff(client.endpoint);
}

/** Does the manager that lists these reach more than half of them? */
export function reachesMost(nodes: readonly SwarmNode[]): boolean {
  const managers = nodes.flatMap(({ manager }) => manager ?? []);
  return (
    2 * managers.filter((one) => one.leader || one.reachability === 'reachable').length > managers.length
  );
}

export function toCutOff(endpoint: string): EngineError {
  return new EngineError('no-quorum', `${endpoint} reaches too few managers to decide anything with them.`);
}
