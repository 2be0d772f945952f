import type { EngineClient } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Clock } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import type { Log } from '#lib/watch/log.ts';
import { createPacedRead } from './create-paced-read.ts';

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
  let problem = '';
  let listedAtMs: number | null = null;
  const paced = createPacedRead(clock, read);

  /** Where it fails the swarm is watched all the same: a socket proxy may refuse this path alone. */
  async function read(isCurrent: () => boolean): Promise<void> {
    try {
      const networks = await client.listNetworks('swarm');
      if (!isCurrent()) return;
      known = new Set(networks.map(({ id }) => id));
      problem = '';
      listedAtMs = clock.nowMs();
      emit({ kind: 'networks', networks });
    } catch (error) {
      if (!isCurrent()) return;
      const text = error instanceof Error ? error.message : String(error);
      if (text !== problem) options.log?.('info', `The swarm's networks are not known: ${text}`);
      // Said when it is tried once more: a manager may have been at something else.
      if (problem !== '') emit({ kind: 'networks-unread', error: text, listedAtMs });
      problem = text;
    }
    const againMs = problem === '' ? LIMITS.networksMs : LIMITS.networksWantedAgainMs;
    paced.plan(againMs * (0.9 + clock.random() * 0.2));
  }

  return {
    use(next) {
      client = next;
    },
    keepPace() {
      paced.keepPace();
      paced.plan(0);
    },
    see(services) {
      if (!services.some(({ networkIds }) => networkIds.some((id) => !known.has(id)))) return;
      paced.plan(Math.max(LIMITS.networksWantedMs, LIMITS.networksWantedAgainMs - paced.sinceMs()));
    },
    pause: paced.pause,
  };
}
