import {
  type EngineClient,
  EngineError,
  type EngineEvent,
  type EngineIdentity,
  type EventStream,
  type OpenEventsOptions,
} from '#lib/engine/port.ts';
import type { SourceState } from '#lib/model/docker/source.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createHeartbeat } from '#lib/watch/create-heartbeat.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { type Log, toSentence } from '#lib/watch/log.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import {
  type ConnectionEffect,
  type ConnectionInput,
  type ConnectionState,
  IDLE,
  type MachinePolicy,
  stepConnection,
} from './connection-machine.ts';

/** What is done at each step of a connection, by who watches an engine or the managers. */
export interface ConnectionPolicy<I extends ConnectionInput> extends MachinePolicy {
  scope: OpenEventsOptions['scope'];
  /** What is said when the other side ends its event stream without an error. */
  endedSentence: string;
  /** Of the endpoint that is tried or read now. */
  client(): EngineClient;
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
  let epoch = 0;
  let isPinging = false;
  let stream: EventStream | null = null;
  let waitTimer: Timer | null = null;
  let openTimer: Timer | null = null;
  const heartbeat = createHeartbeat({
    clock,
    onQuiet: () => input({ kind: 'quiet' }),
    onGap: () => input({ kind: 'gap' }),
  });

  const touch = () => policy.onActivity(heartbeat.touch());
  const fail = (error: unknown) => input(policy.onFailure(error));

  function input(next: ConnectionInput) {
    if (next.kind === 'due') cancelWait();
    const step = stepConnection(machine, next, policy);
    if (step.machine.state !== machine.state)
      log?.('debug', `${policy.client().endpoint}: ${machine.state} → ${step.machine.state} (${next.kind})`);
    machine = step.machine;
    for (const effect of step.effects) run(effect);
  }

  function attempt<T>(call: Promise<T>, then: (value: T) => void, otherwise: (error: unknown) => void) {
    const mine = epoch;
    call.then(
      (value) => {
        if (mine === epoch) then(value);
      },
      (error: unknown) => {
        if (mine === epoch) otherwise(error);
      },
    );
  }

  function run(effect: ConnectionEffect) {
    switch (effect.kind) {
      case 'ping':
        return ping(effect.limitMs);
      case 'identify':
        heartbeat.start();
        return attempt(policy.identify(policy.client()), identified, fail);
      case 'open':
        return open();
      case 'sync':
        return attempt(policy.sync(), () => input({ kind: 'listed' }), fail);
      case 'follow':
        return policy.follow();
      case 'drop':
        return drop();
      case 'next':
        return policy.next();
      case 'wait':
        waitTimer = clock.setTimer(effect.baseMs * (0.75 + clock.random() / 2), () => input({ kind: 'due' }));
        return;
      case 'source':
        return policy.onSource(effect.state, effect.error);
    }
  }

  function ping(limitMs: number) {
    if (isPinging) return;
    isPinging = true;
    const client = policy.client();
    const late = `${client.endpoint} accepts connections but does not answer.`;
    attempt(
      raceLimit(clock, limitMs + 50, client.ping(limitMs), late),
      () => {
        isPinging = false;
        touch();
        input({ kind: 'answered' });
      },
      (error) => {
        isPinging = false;
        input({ kind: 'silent', error: toSentence(error) });
      },
    );
  }

  function identified(identity: EngineIdentity) {
    touch();
    input(policy.onIdentity(identity));
  }

  function open() {
    const mine = epoch;
    const client = policy.client();
    const late = `${client.endpoint} does not start its event stream: a proxy in between may hold it back.`;
    openTimer = clock.setTimer(LIMITS.openMs, () => fail(new EngineError('timeout', late)));
    stream = client.openEvents({
      scope: policy.scope,
      sinceMs: policy.replayFromMs(),
      onOpen() {
        if (mine !== epoch) return;
        openTimer?.cancel();
        touch();
        input({ kind: 'opened' });
      },
      onEvent(event) {
        if (mine !== epoch) return;
        touch();
        policy.onEvent(event);
      },
      onClose(error) {
        if (mine !== epoch) return;
        stream = null;
        input({ kind: 'ended', error: error ? toSentence(error) : policy.endedSentence });
      },
    });
  }

  function cancelWait() {
    waitTimer?.cancel();
    waitTimer = null;
  }

  function drop() {
    epoch += 1;
    isPinging = false;
    stream?.close();
    stream = null;
    cancelWait();
    openTimer?.cancel();
    openTimer = null;
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
