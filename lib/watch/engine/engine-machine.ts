import type { SourceState } from '#lib/model/docker/source.ts';
import { LIMITS } from '#lib/watch/limits.ts';

/** Where the watch of one engine stands. SPEC.md has the complete table; a test walks it. */
export const ENGINE_STATES = [
  'idle',
  'reaching',
  'identifying',
  'opening',
  'syncing',
  'live',
  'doubtful',
  'waiting',
  'closed',
] as const;
export type EngineState = (typeof ENGINE_STATES)[number];

export type EngineInput =
  | { kind: 'start' }
  /** A ping was answered. */
  | { kind: 'answered' }
  /** A ping was not answered in time, or was refused. */
  | { kind: 'silent'; error: string }
  | { kind: 'identified' }
  /** It answers, but may not be used: no node of this swarm, or already watched. */
  | { kind: 'refused'; error: string }
  | { kind: 'opened' }
  | { kind: 'ended'; error: string }
  | { kind: 'synced' }
  /** A step of connecting failed. */
  | { kind: 'failed'; error: string }
  /** Nothing was heard for a while. */
  | { kind: 'quiet' }
  /** A read failed in a way that may mean that the engine is gone. */
  | { kind: 'doubt' }
  /** Time jumped: events may have been missed. */
  | { kind: 'gap' }
  /** The wait is over. */
  | { kind: 'due' }
  | { kind: 'close' };

export type EngineEffect =
  | { kind: 'ping'; limitMs: number }
  | { kind: 'identify' }
  | { kind: 'open' }
  | { kind: 'sync' }
  | { kind: 'replay' }
  /** Forgets whatever is under way: late answers no longer count. Ends the stream and the heartbeat. */
  | { kind: 'drop' }
  | { kind: 'wait'; baseMs: number }
  | { kind: 'source'; state: SourceState; error: string | null };

export interface EngineMachine {
  state: EngineState;
  /** Failed attempts in a row. */
  attempts: number;
}

export interface EngineStep {
  machine: EngineMachine;
  effects: EngineEffect[];
}

export const IDLE_ENGINE: EngineMachine = { state: 'idle', attempts: 0 };

const PING: EngineEffect = { kind: 'ping', limitMs: LIMITS.pingMs };

/** One step of an engine's watch: pure. An input that means nothing in a state changes nothing. */
export function stepEngine(machine: EngineMachine, input: EngineInput): EngineStep {
  const stay: EngineStep = { machine, effects: [] };
  const go = (state: EngineState, ...effects: EngineEffect[]): EngineStep => ({
    machine: { ...machine, state },
    effects,
  });
  const reconnect = (error: string) =>
    go('reaching', { kind: 'drop' }, { kind: 'source', state: 'stale', error }, PING);
  const giveUp = (error: string, baseMs: number | null = null): EngineStep => ({
    machine: { state: 'waiting', attempts: machine.attempts + 1 },
    effects: [
      { kind: 'drop' },
      { kind: 'source', state: 'unreachable', error },
      { kind: 'wait', baseMs: baseMs ?? toBackoffMs(machine.attempts) },
    ],
  });
  const connecting = machine.state !== 'idle' && machine.state !== 'waiting' && machine.state !== 'closed';

  if (machine.state === 'closed') return stay;
  if (input.kind === 'close') return go('closed', { kind: 'drop' });
  if (input.kind === 'start')
    return machine.state === 'idle'
      ? go('reaching', { kind: 'source', state: 'connecting', error: null }, PING)
      : stay;
  if (input.kind === 'due') return machine.state === 'waiting' ? go('reaching', PING) : stay;
  if (!connecting) return stay;
  if (input.kind === 'refused') return giveUp(input.error, LIMITS.refusedMs);

  const settled = machine.state === 'live' || machine.state === 'doubtful';
  switch (input.kind) {
    case 'answered':
      if (machine.state === 'reaching') return go('identifying', { kind: 'identify' });
      // It fell silent and came back on the same stream: a list tells what was missed.
      return machine.state === 'doubtful' ? go('syncing', { kind: 'sync' }) : stay;
    case 'silent':
      return machine.state === 'live'
        ? go(
            'doubtful',
            { kind: 'source', state: 'stale', error: input.error },
            { kind: 'ping', limitMs: LIMITS.secondPingMs },
          )
        : giveUp(input.error);
    case 'identified':
      return machine.state === 'identifying' ? go('opening', { kind: 'open' }) : stay;
    case 'opened':
      return machine.state === 'opening' ? go('syncing', { kind: 'sync' }) : stay;
    case 'ended':
      return settled
        ? reconnect(input.error)
        : machine.state === 'reaching' || machine.state === 'identifying'
          ? stay
          : giveUp(input.error);
    case 'synced':
      return machine.state === 'syncing'
        ? {
            machine: { state: 'live', attempts: 0 },
            effects: [{ kind: 'source', state: 'live', error: null }, { kind: 'replay' }],
          }
        : stay;
    case 'failed':
      return settled ? stay : giveUp(input.error);
    case 'quiet':
      return machine.state === 'reaching' || machine.state === 'doubtful' ? stay : go(machine.state, PING);
    case 'doubt':
      return machine.state === 'live' ? go('live', PING) : stay;
    case 'gap':
      return settled || machine.state === 'syncing'
        ? reconnect('Our own process was held up: reading everything again.')
        : stay;
  }
}

function toBackoffMs(attempts: number): number {
  return Math.min(LIMITS.backoffMs * 2 ** Math.min(attempts, 10), LIMITS.backoffMaxMs);
}
