import type { EngineClient, EngineEvent, EngineIdentity, OpenEventsOptions } from '#lib/engine/port.ts';
import { createOneTimer } from '#lib/flow/create-one-timer.ts';
import type { Permit } from '#lib/flow/create-semaphore.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createAttempts } from '#lib/watch/create-attempts.ts';
import { createHeartbeat } from '#lib/watch/create-heartbeat.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type Log, toSentence } from '#lib/watch/log.ts';
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
  IDLE,
  type MachinePolicy,
  stepConnection,
} from './connection-machine.ts';
import { createOpening } from './create-opening.ts';
import { createPinger } from './create-pinger.ts';

/** What is done at each step of a connection, by who watches an engine or the managers. */
export interface ConnectionPolicy<I extends ConnectionInput> extends MachinePolicy {
  scope: OpenEventsOptions['scope'];
  /** What is said when the other side ends its event stream without an error. */
  endedSentence: string;
  /** Of the endpoint that is tried or read now. */
  client(): EngineClient;
  /** Its turn to be reached, where many are; given back when it is live or gone, or takes long. */
  admit?(): Permit;
  identify(client: EngineClient): Promise<EngineIdentity>;
  /** What the answer means: go on, or not. */
  onIdentity(identity: EngineIdentity): I;
  /** What a failed step means. */
  onFailure(error: unknown): I;
  /** From when on to replay events, on the other side's clock; `null`: from now on. */
  replayFromMs(): number | null;
  /** Reads everything. Its outcome is worthless after {@link drop}. */
  sync(): Promise<void>;
  /** Everything was read: from now on events and the pace say what to read. */
  follow(): void;
  onEvent(event: EngineEvent): void;
  /** Something was received from the other side. */
  onActivity(atMs: number): void;
  /** Stops everything under way. */
  drop(): void;
  /** Turns to the next endpoint. */
  next(): void;
  onSource(state: SourceState, error: string | null): void;
}

/** A connection that is kept, whatever happens to the other side: SPEC.md says how. */
export interface Connection<I extends ConnectionInput> {
  start(): void;
  state(): ConnectionState;
  input(input: I): void;
  /** Something was received from the other side, by a call of one's own. */
  touch(): void;
  /** Waits for a call whose outcome counts only while nothing was dropped since. */
  attempt<T>(call: Promise<T>, then: (value: T) => void, otherwise: (error: unknown) => void): void;
}

/** Runs the machine's effects, in their order. Ends with the input `close`. */
export function createConnection<I extends ConnectionInput>(
  policy: ConnectionPolicy<I>,
  clock: Clock,
  log?: Log,
): Connection<I> {
  let machine = IDLE;
  const { attempt, drop: dropAttempts } = createAttempts();
  const heartbeat = createHeartbeat({
    clock,
    onQuiet: () => input({ kind: 'quiet' }),
    onGap: () => input({ kind: 'gap' }),
  });

  const wait = createOneTimer(clock, () => input({ kind: 'due' }));
  const turn = createTurn(clock, () => policy.admit?.() ?? null);
  const pinger = createPinger(clock, attempt, {
    answered() {
      touch();
      input({ kind: 'answered' });
    },
    silent: (error) => input({ kind: 'silent', error }),
  });
  const stream = createOpening({
    clock,
    onOpened() {
      touch();
      input({ kind: 'opened' });
    },
    onEvent(event) {
      touch();
      policy.onEvent(event);
    },
    onEnded: (error) => input({ kind: 'ended', error: error ? toSentence(error) : policy.endedSentence }),
    onLate: fail,
  });

  function touch() {
    policy.onActivity(heartbeat.touch());
    // What was read carries times that are wrong by as much: all of it is read anew.
    if (machine.state === 'live' && policy.client().hasClockStepped()) input({ kind: 'gap' });
  }

  function fail(error: unknown) {
    input(policy.onFailure(error));
  }

  function input(next: ConnectionInput) {
    if (next.kind === 'due') wait.cancel();
    const step = stepConnection(machine, next, policy);
    if (step.machine.state !== machine.state)
      log?.('debug', `${policy.client().endpoint}: ${machine.state} → ${step.machine.state} (${next.kind})`);
    machine = step.machine;
    if (machine.state === 'live') turn.end();
    for (const effect of step.effects) run(effect);
  }

  function run(effect: ConnectionEffect) {
    switch (effect.kind) {
      case 'ping':
        return machine.state === 'reaching' ? reach(effect.limitMs) : ping(effect.limitMs);
      case 'identify':
        heartbeat.start();
        return attempt(policy.identify(policy.client()), identified, fail);
      case 'open':
        return stream.open(policy.client(), { scope: policy.scope, sinceMs: policy.replayFromMs() });
      case 'sync':
        return attempt(policy.sync(), () => input({ kind: 'listed' }), fail);
      case 'follow':
        return policy.follow();
      case 'drop':
        return drop();
      case 'next':
        return policy.next();
      case 'wait':
        return wait.in(effect.baseMs * (0.75 + clock.random() / 2));
      case 'source':
        return policy.onSource(effect.state, effect.error);
    }
  }

  function ping(limitMs: number) {
    pinger.ping(policy.client(), limitMs);
  }

  const isReaching = () => machine.state === 'reaching';
  const reach = (limitMs: number) => turn.begin(() => ping(limitMs), isReaching);

  function identified(identity: EngineIdentity) {
    touch();
    input(policy.onIdentity(identity));
  }

  function drop() {
    dropAttempts();
    turn.end();
    pinger.drop();
    stream.close();
    wait.cancel();
    heartbeat.stop();
    policy.drop();
  }

  return {
    start: () => input({ kind: 'start' }),
    state: () => machine.state,
    input,
    touch,
    attempt,
  };
}

/** The turn to be reached and read. */
function createTurn(clock: Clock, admit: () => Permit | null) {
  let permit: Permit | null = null;
  let timer: Timer | null = null;

  function end() {
    permit?.release();
    permit = null;
    timer?.cancel();
    timer = null;
  }

  return {
    end,
    begin(run: () => void, isUnanswered: () => boolean) {
      end();
      const mine = admit();
      permit = mine;
      if (mine === null) return run();
      void mine.ready.then(() => {
        if (permit !== mine) return;
        timer = clock.setTimer(LIMITS.openingPingMs, () => {
          if (isUnanswered()) end();
          else timer = clock.setTimer(LIMITS.syncTurnMs, end);
        });
        run();
      });
    },
  };
}
