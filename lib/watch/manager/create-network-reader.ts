import type { EngineClient } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { Log } from '#lib/watch/log.ts';

/**
 * Lists the swarm's networks, slowly: they seldom change, and nothing of a replica's health depends on them. One that a
 * service names and that is not known yet is looked for at once.
 */
export interface NetworkReader {
  use(client: EngineClient): void;
  keepPace(): void;
  /** These were listed. */
  see(services: readonly Service[]): void;
  pause(): void;
}

export function createNetworkReader(options: {
  client: EngineClient;
  clock: Clock;
  emit(observation: Observation): void;
  log?: Log;
}): NetworkReader {
  const { clock, emit } = options;
  let client = options.client;
  let known: ReadonlySet<string> = new Set();
  let timer: Timer | null = null;
  let dueMs = Number.POSITIVE_INFINITY;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let epoch = 0;
  let isPaced = false;
  let problem = '';
  let listedAtMs: number | null = null;

  function plan(inMs: number): void {
    if (!isPaced) return;
    const atMs = clock.steadyMs() + inMs;
    if (timer !== null && dueMs <= atMs) return;
    timer?.cancel();
    dueMs = atMs;
    timer = clock.setTimer(inMs, () => {
      timer = null;
      void read();
    });
  }

  /** Where it fails the swarm is watched all the same: a socket proxy may refuse this path alone. */
  async function read(): Promise<void> {
    const mine = epoch;
    readAtMs = clock.steadyMs();
    try {
      const networks = await client.listNetworks('swarm');
      if (mine !== epoch) return;
      known = new Set(networks.map(({ id }) => id));
      problem = '';
      listedAtMs = clock.nowMs();
      emit({ kind: 'networks', networks });
    } catch (error) {
      if (mine !== epoch) return;
      const text = error instanceof Error ? error.message : String(error);
      if (text !== problem) options.log?.('info', `The swarm's networks are not known: ${text}`);
      // Said when it is tried once more: a manager may have been at something else.
      if (problem !== '') emit({ kind: 'networks-unread', error: text, listedAtMs });
      problem = text;
    }
    plan((problem === '' ? LIMITS.networksMs : LIMITS.networksWantedAgainMs) * (0.9 + clock.random() * 0.2));
  }

  return {
    use(next) {
      client = next;
    },
    keepPace() {
      isPaced = true;
      plan(0);
    },
    see(services) {
      if (!services.some(({ networkIds }) => networkIds.some((id) => !known.has(id)))) return;
      const sinceMs = clock.steadyMs() - readAtMs;
      plan(Math.max(LIMITS.networksWantedMs, LIMITS.networksWantedAgainMs - sinceMs));
    },
    pause() {
      isPaced = false;
      epoch += 1;
      timer?.cancel();
      timer = null;
    },
  };
}
