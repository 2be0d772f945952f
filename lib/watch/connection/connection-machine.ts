import type { SourceState } from '#lib/model/docker/source.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** Where a connection stands. SPEC.md has the complete table; a test walks it. An engine's is never `late`. */
export const CONNECTION_STATES = [
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
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export type ConnectionInput =
  | { kind: 'start' }
  /** A ping was answered. */
  | { kind: 'answered' }
  /** A ping was not answered in time, or was refused. */
  | { kind: 'silent'; error: string }
  | { kind: 'identified' }
  /** An engine answers, but may not be used: no node of this swarm, or already watched. */
  | { kind: 'refused'; error: string }
  | { kind: 'opened' }
  | { kind: 'ended'; error: string }
  /** All of it was listed and read, or listed once more. */
  | { kind: 'listed' }
  /** A manager's list takes too long: what we show is ageing. */
  | { kind: 'overdue'; error: string }
  /** A step or a list failed; `leaderless` when a manager answers but the swarm has no leader. */
  | { kind: 'failed'; error: string; leaderless: boolean }
  /** Nothing was received for a while. */
  | { kind: 'quiet' }
  /** A read of an engine failed in a way that may mean that the engine is gone. */
  | { kind: 'doubt' }
  /** Time jumped: events may have been missed. */
  | { kind: 'gap' }
  /** The wait is over. */
  | { kind: 'due' }
  | { kind: 'close' };

/** What the watch of an engine says to its connection. */
export type EngineInput =
  | Exclude<ConnectionInput, { kind: 'overdue' | 'failed' }>
  | { kind: 'failed'; error: string; leaderless: false };

/** What the watch of the managers says to theirs. */
export type ManagerInput = Exclude<ConnectionInput, { kind: 'refused' | 'doubt' }>;

export type ConnectionEffect =
  | { kind: 'ping'; limitMs: number }
  | { kind: 'identify' }
  | { kind: 'open' }
  | { kind: 'sync' }
  /** From now on events and the pace say what to read. */
  | { kind: 'follow' }
  /** Forgets whatever is under way: late answers no longer count. Ends the stream, the pace and the heartbeat. */
  | { kind: 'drop' }
  /** The next endpoint becomes the active one. */
  | { kind: 'next' }
  | { kind: 'wait'; baseMs: number }
  /** Of the active endpoint. */
  | { kind: 'source'; state: SourceState; error: string | null };

/** What differs between the watch of an engine and that of the managers. */
export interface MachinePolicy {
  /** How many endpoints there are to turn to. */
  endpoints: number;
  /** Does a failed list end a connection that was live? */
  endsOnFailure: boolean;
}

export interface ConnectionMachine {
  state: ConnectionState;
  /** Failed attempts in a row, over all endpoints. */
  attempts: number;
  /** So many of the last of them were refused. */
  refusals: number;
}

export interface ConnectionStep {
  machine: ConnectionMachine;
  effects: ConnectionEffect[];
}

export const IDLE: ConnectionMachine = { state: 'idle', attempts: 0, refusals: 0 };

const PING: ConnectionEffect = { kind: 'ping', limitMs: LIMITS.pingMs };
const HELD_UP = 'Time jumped, for us or for it: reading everything again.';

/** One step of a connection: pure. An input that means nothing in a state changes nothing. */
export function stepConnection(
  machine: ConnectionMachine,
  input: ConnectionInput,
  policy: MachinePolicy,
): ConnectionStep {
  const { state } = machine;
  const stay: ConnectionStep = { machine, effects: [] };
  if (state === 'closed') return stay;
  switch (input.kind) {
    case 'close':
      return go(machine, 'closed', { kind: 'drop' });
    case 'start':
      if (state !== 'idle') return stay;
      return go(machine, 'reaching', { kind: 'source', state: 'connecting', error: null }, PING);
    case 'due':
      return state === 'waiting' ? go(machine, 'reaching', PING) : stay;
  }
  if (state === 'idle' || state === 'waiting') return stay;

  const isSettled = state === 'live' || state === 'late' || state === 'doubtful';
  switch (input.kind) {
    case 'answered':
      if (state === 'reaching') return go(machine, 'identifying', { kind: 'identify' });
      // It fell silent and came back on the same stream: a list tells what was missed.
      return state === 'doubtful' ? go(machine, 'syncing', { kind: 'sync' }) : stay;
    case 'silent':
      return isSettled ? doubt(machine, input.error, policy) : giveUp(machine, input.error, policy);
    case 'identified':
      return state === 'identifying' ? go(machine, 'opening', { kind: 'open' }) : stay;
    case 'refused':
      return refuse(machine, input.error, policy);
    case 'opened':
      return state === 'opening' ? go(machine, 'syncing', { kind: 'sync' }) : stay;
    case 'ended':
      if (isSettled) return reconnect(machine, input.error);
      return state === 'reaching' || state === 'identifying' ? stay : giveUp(machine, input.error, policy);
    case 'listed':
      return list(machine);
    case 'overdue':
      return state === 'live'
        ? go(machine, 'late', { kind: 'source', state: 'stale', error: input.error })
        : stay;
    case 'failed':
      if (isSettled && !policy.endsOnFailure) return stay;
      return giveUp(machine, input.error, policy, { source: input.leaderless ? 'stale' : 'unreachable' });
    case 'quiet':
      return state === 'reaching' || state === 'doubtful' ? stay : go(machine, state, PING);
    case 'doubt':
      return state === 'live' ? go(machine, 'live', PING) : stay;
    case 'gap':
      return isSettled || state === 'syncing' ? reconnect(machine, HELD_UP) : stay;
  }
}

function go(
  machine: ConnectionMachine,
  state: ConnectionState,
  ...effects: ConnectionEffect[]
): ConnectionStep {
  return { machine: { ...machine, state }, effects };
}

function reconnect(machine: ConnectionMachine, error: string): ConnectionStep {
  return go(machine, 'reaching', { kind: 'drop' }, { kind: 'source', state: 'stale', error }, PING);
}

/** What was live is silent: it is asked once more. With another endpoint at hand there is no need to. */
function doubt(machine: ConnectionMachine, error: string, policy: MachinePolicy): ConnectionStep {
  if (machine.state === 'doubtful') return giveUp(machine, error, policy);
  if (policy.endpoints > 1) return giveUp(machine, error, policy, { source: 'stale' });
  return go(
    machine,
    'doubtful',
    { kind: 'source', state: 'stale', error },
    { kind: 'ping', limitMs: LIMITS.secondPingMs },
  );
}

function list(machine: ConnectionMachine): ConnectionStep {
  const live: ConnectionEffect = { kind: 'source', state: 'live', error: null };
  if (machine.state === 'syncing')
    return { machine: { state: 'live', attempts: 0, refusals: 0 }, effects: [live, { kind: 'follow' }] };
  return machine.state === 'late' ? go(machine, 'live', live) : { machine, effects: [] };
}

/** An engine that ends or starts says for a moment that it is in no swarm; what goes on saying so is asked less and less. */
function refuse(machine: ConnectionMachine, error: string, policy: MachinePolicy): ConnectionStep {
  const waitMs = Math.min(LIMITS.refusedMs, LIMITS.refusedFirstMs * 2 ** Math.min(machine.refusals, 10));
  const step = giveUp(machine, error, policy, { waitMs });
  return { ...step, machine: { ...step.machine, refusals: machine.refusals + 1 } };
}

/** To the next endpoint: at once while there is one that was not tried in this round, else after a wait. */
function giveUp(
  machine: ConnectionMachine,
  error: string,
  { endpoints }: MachinePolicy,
  { source = 'unreachable', waitMs }: { source?: SourceState; waitMs?: number } = {},
): ConnectionStep {
  const attempts = machine.attempts + 1;
  const leave: ConnectionEffect[] = [{ kind: 'drop' }, { kind: 'source', state: source, error }];
  if (endpoints > 1) leave.push({ kind: 'next' });
  if (attempts % endpoints !== 0)
    return { machine: { state: 'reaching', attempts, refusals: 0 }, effects: [...leave, PING] };
  const baseMs = waitMs ?? toBackoffMs(Math.floor(attempts / endpoints) - 1);
  return {
    machine: { state: 'waiting', attempts, refusals: 0 },
    effects: [...leave, { kind: 'wait', baseMs }],
  };
}

/** @param rounds of all endpoints that failed before this one */
function toBackoffMs(rounds: number): number {
  return Math.min(LIMITS.backoffMs * 2 ** Math.min(rounds, 10), LIMITS.backoffMaxMs);
}
