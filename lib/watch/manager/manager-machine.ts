import type { SourceState } from '#lib/model/docker/source.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** Where the watch of the managers stands. SPEC.md has the complete table; a test walks it. */
export const MANAGER_STATES = [
  'idle',
  'reaching',
  'identifying',
  'opening',
  'syncing',
  'live',
  'late',
  'doubtful',
  'waiting',
  'closed',
] as const;
export type ManagerState = (typeof MANAGER_STATES)[number];

export type ManagerInput =
  | { kind: 'start' }
  | { kind: 'answered' }
  | { kind: 'silent'; error: string }
  | { kind: 'identified' }
  | { kind: 'opened' }
  | { kind: 'ended'; error: string }
  /** A list is complete. */
  | { kind: 'listed' }
  /** A list takes too long: what we show is ageing. */
  | { kind: 'overdue'; error: string }
  /** A step or a list failed; `leaderless` when the manager answers but the swarm has no leader. */
  | { kind: 'failed'; error: string; leaderless: boolean }
  | { kind: 'quiet' }
  | { kind: 'gap' }
  | { kind: 'due' }
  | { kind: 'close' };

export type ManagerEffect =
  | { kind: 'ping'; limitMs: number }
  | { kind: 'identify' }
  | { kind: 'open' }
  | { kind: 'sync' }
  /** From now on, lists are read as events, hints and their pace ask for it. */
  | { kind: 'keep-pace' }
  /** Forgets whatever is under way: late answers no longer count. Ends the stream, the pace and the heartbeat. */
  | { kind: 'drop' }
  /** The next endpoint becomes the active one. */
  | { kind: 'next' }
  | { kind: 'wait'; baseMs: number }
  /** Of the active endpoint. */
  | { kind: 'source'; state: SourceState; error: string | null };

export interface ManagerMachine {
  state: ManagerState;
  /** How many endpoints there are to turn to. */
  endpoints: number;
  /** Failed attempts in a row, over all endpoints. */
  attempts: number;
}

export interface ManagerStep {
  machine: ManagerMachine;
  effects: ManagerEffect[];
}

const PING: ManagerEffect = { kind: 'ping', limitMs: LIMITS.pingMs };

/** One step of the managers' watch: pure. An input that means nothing in a state changes nothing. */
export function stepManager(machine: ManagerMachine, input: ManagerInput): ManagerStep {
  const { state } = machine;
  const stay: ManagerStep = { machine, effects: [] };
  const go = (next: ManagerState, ...effects: ManagerEffect[]): ManagerStep => ({
    machine: { ...machine, state: next },
    effects,
  });
  /** To the next endpoint: at once while there is one that was not tried in this round, else after a wait. */
  const giveUp = (error: string, source: SourceState): ManagerStep => {
    const attempts = machine.attempts + 1;
    const roundDone = attempts % machine.endpoints === 0;
    const leave: ManagerEffect[] = [{ kind: 'drop' }, { kind: 'source', state: source, error }];
    if (machine.endpoints > 1) leave.push({ kind: 'next' });
    return roundDone
      ? {
          machine: { ...machine, state: 'waiting', attempts },
          effects: [
            ...leave,
            { kind: 'wait', baseMs: toBackoffMs(Math.floor(attempts / machine.endpoints) - 1) },
          ],
        }
      : { machine: { ...machine, state: 'reaching', attempts }, effects: [...leave, PING] };
  };
  const reconnect = (error: string) =>
    go('reaching', { kind: 'drop' }, { kind: 'source', state: 'stale', error }, PING);

  if (state === 'closed') return stay;
  if (input.kind === 'close') return go('closed', { kind: 'drop' });
  if (input.kind === 'start')
    return state === 'idle'
      ? go('reaching', { kind: 'source', state: 'connecting', error: null }, PING)
      : stay;
  if (input.kind === 'due') return state === 'waiting' ? go('reaching', PING) : stay;
  if (state === 'idle' || state === 'waiting') return stay;

  const settled = state === 'live' || state === 'late' || state === 'doubtful';
  switch (input.kind) {
    case 'answered':
      if (state === 'reaching') return go('identifying', { kind: 'identify' });
      return state === 'doubtful' ? go('syncing', { kind: 'sync' }) : stay;
    case 'silent': {
      if (!settled) return giveUp(input.error, 'unreachable');
      // With another manager at hand there is no need to ask this one twice.
      if (machine.endpoints > 1 || state === 'doubtful')
        return giveUp(input.error, state === 'doubtful' ? 'unreachable' : 'stale');
      return go(
        'doubtful',
        { kind: 'source', state: 'stale', error: input.error },
        { kind: 'ping', limitMs: LIMITS.secondPingMs },
      );
    }
    case 'identified':
      return state === 'identifying' ? go('opening', { kind: 'open' }) : stay;
    case 'opened':
      return state === 'opening' ? go('syncing', { kind: 'sync' }) : stay;
    case 'ended':
      if (settled) return reconnect(input.error);
      return state === 'reaching' || state === 'identifying' ? stay : giveUp(input.error, 'unreachable');
    case 'listed':
      if (state === 'syncing')
        return {
          machine: { ...machine, state: 'live', attempts: 0 },
          effects: [{ kind: 'source', state: 'live', error: null }, { kind: 'keep-pace' }],
        };
      return state === 'late' ? go('live', { kind: 'source', state: 'live', error: null }) : stay;
    case 'overdue':
      return state === 'live' ? go('late', { kind: 'source', state: 'stale', error: input.error }) : stay;
    case 'failed':
      return giveUp(input.error, input.leaderless ? 'stale' : 'unreachable');
    case 'quiet':
      return state === 'reaching' || state === 'doubtful' ? stay : go(state, PING);
    case 'gap':
      return settled || state === 'syncing'
        ? reconnect('Our own process was held up: reading everything again.')
        : stay;
  }
}

function toBackoffMs(round: number): number {
  return Math.min(LIMITS.backoffMs * 2 ** Math.min(round, 10), LIMITS.backoffMaxMs);
}
