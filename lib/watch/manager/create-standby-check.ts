import type { EngineClient, EngineIdentity } from '#lib/engine/port.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { toSentence } from '#lib/watch/log.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { refuseManager } from '#lib/watch/refuse.ts';

/** Asks the managers that are not read now, now and then, whether they could be: a page should not learn it too late. */
export interface StandbyCheck {
  start(): void;
  stop(): void;
}

export function createStandbyCheck(options: {
  clock: Clock;
  others(): readonly EngineClient[];
  onResult(endpoint: string, change: Partial<Source>): void;
}): StandbyCheck {
  const { clock, others, onResult } = options;
  let timer: Timer | null = null;
  let epoch = 0;

  function plan(delayMs: number) {
    timer = clock.setTimer(delayMs, () => void check(epoch));
  }

  async function check(mine: number) {
    let failing = false;
    for (const client of others()) {
      const change = await ask(client);
      if (mine !== epoch) return;
      failing ||= change.error !== null;
      onResult(client.endpoint, change);
    }
    plan((failing ? LIMITS.standbyFailingMs : LIMITS.standbyMs) * (0.8 + clock.random() * 0.4));
  }

  async function ask(client: EngineClient): Promise<Partial<Source>> {
    try {
      const late = `${client.endpoint} accepts connections but does not answer.`;
      await raceLimit(clock, LIMITS.pingMs + 50, client.ping(LIMITS.pingMs), late);
      return toChange(await client.identify(), client.endpoint, clock.nowMs());
    } catch (error) {
      return { state: 'unreachable', error: toSentence(error) };
    }
  }

  return {
    start() {
      epoch += 1;
      timer?.cancel();
      if (others().length > 0) plan(1_000);
    },
    stop() {
      epoch += 1;
      timer?.cancel();
      timer = null;
    },
  };
}

function toChange(identity: EngineIdentity, endpoint: string, nowMs: number): Partial<Source> {
  const { nodeId, engineVersion, apiVersion, skewMs } = identity;
  const error = refuseManager(identity, endpoint) ?? identity.swarmError;
  const state = error === null ? 'live' : 'unreachable';
  return { nodeId, engineVersion, apiVersion, skewMs, lastReadMs: nowMs, state, error };
}
