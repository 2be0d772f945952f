import { type EngineClient, EngineError, type EngineIdentity } from '#lib/engine/port.ts';
import { toSwarmError } from '#lib/model/docker/swarm-info.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { ConnectionState, ManagerInput } from '#lib/watch/connection/connection-machine.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { refuseManager } from '#lib/watch/refuse.ts';
import { pingSwarm } from './create-hang-check.ts';
import { createLeaderScout } from './create-leader-scout.ts';

/** Finds the way back to a leader after the one that there was fell silent: by lists, which are asked anew each time. */
export interface LeaderSearch {
  identify(asked: EngineClient): Promise<EngineIdentity>;
  /** No manager is read. */
  start(): void;
  /** One is, in full. */
  stop(): void;
  /** Which manager to turn to from this one: one that reaches a leader, if any is known to. */
  after(client: EngineClient): EngineClient;
  /** How long a manager may take to say whether it reaches a leader, ms. */
  patienceMs(): number;
  /** A manager lists nothing, and does not say that it reaches a leader: the next time it has longer. */
  onHang(error: unknown, toFailure: (error: unknown) => ManagerInput): void;
}

export interface LeaderSearchOptions {
  clock: Clock;
  clients: readonly EngineClient[];
  /** Which of them is tried or read. */
  client(): EngineClient;
  state(): ConnectionState;
  input(input: ManagerInput): void;
  moveTo(client: EngineClient): void;
}

const MAX_DOUBLINGS = 2;

export function createLeaderSearch(options: LeaderSearchOptions): LeaderSearch {
  const { clock, clients, client, state, input, moveTo } = options;
  const scout = createLeaderScout(clock, clients, (found, reachesLeader) => {
    if (reachesLeader) turnTo(found);
    else tried.delete(found);
  });
  /** They reach a leader, and were turned to for that: what they fail of is another thing, and has its own waits. */
  const tried = new Set<EngineClient>();
  const identified = new Set<EngineClient>();
  let hangs = 0;

  const patienceMs = () => LIMITS.swarmPingMs * 2 ** Math.min(hangs, MAX_DOUBLINGS);

  function turnTo(found: EngineClient): void {
    if (state() === 'waiting') {
      if (tried.has(found)) return;
      tried.add(found);
      if (found !== client()) moveTo(found);
      input({ kind: 'due' });
      return;
    }
    // One that lists already is left to take its time.
    if (state() === 'syncing' || found === client() || scout.findingOf(client()) !== false) return;
    input({ kind: 'failed', error: toSlow(client().endpoint).message, leaderless: false });
    if (state() === 'waiting') input({ kind: 'due' });
  }

  return {
    /**
     * `/info` waits for a leader that is gone for 20 s, and whoever asks meanwhile is given that same answer then (moby
     * `daemon/server/router/system`): what counts is whether the leader is reached now.
     */
    async identify(asked) {
      const identity = await asked.identify(identified.has(asked) ? LIMITS.identifyMs : undefined);
      identified.add(asked);
      if (identity.swarmError === null || refuseManager(identity, asked.endpoint) !== null) return identity;
      return pingSwarm(clock, asked, patienceMs()).then(
        () => ({
          ...identity,
          swarmError: null,
          swarm: identity.swarm && { ...identity.swarm, error: null },
        }),
        (error: unknown) => {
          // Of Docker's own words no more is known than that they did not come: a busy manager has a leader, too.
          if (!isCutOff(error) && toSwarmError(identity.swarmError ?? '') === 'no-leader')
            throw toSlow(asked.endpoint);
          return identity;
        },
      );
    },
    start: scout.start,
    stop() {
      hangs = 0;
      tried.clear();
      scout.stop();
    },
    after(from) {
      const at = clients.indexOf(from);
      // In turn: of several that reach a leader one may be able to list what others are not.
      const others = [...clients.slice(at + 1), ...clients.slice(0, at)];
      return others.find((one) => scout.findingOf(one) === true) ?? others[0] ?? from;
    },
    patienceMs,
    onHang(error, toFailure) {
      if (isCutOff(error) && clients.length > 1) return input(toFailure(error));
      hangs += 1;
      const slow = toSlow(client().endpoint);
      // Where there is no other to turn to, its answer is worth waiting for.
      input(clients.length > 1 ? toFailure(slow) : { kind: 'overdue', error: slow.message });
    },
  };
}

function isCutOff(error: unknown): boolean {
  return error instanceof EngineError && error.kind === 'no-quorum';
}

function toSlow(endpoint: string): EngineError {
  return new EngineError(
    'timeout',
    `${endpoint} takes long to answer for its swarm: it is busy, or has no leader.`,
  );
}
