import { type EngineClient, EngineError, type EngineIdentity, type EventStream } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createHeartbeat } from '#lib/watch/create-heartbeat.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { emitSafely, type Log, toSentence } from '#lib/watch/log.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { type ContainerTracker, createContainerTracker } from './create-container-tracker.ts';
import { type EngineEffect, type EngineInput, IDLE_ENGINE, stepEngine } from './engine-machine.ts';
import { refuseIdentity } from './refuse-identity.ts';
import type { SharedPace } from './shared-pace.ts';

/** Watches one engine for as long as it is open: whatever happens to the engine, what is emitted stays true. */
export interface EngineWatch {
  readonly endpoint: string;
  /** The node it reads now; `null` until it told us, and while it may not be used. */
  nodeId(): string | null;
  containerIds(): string[];
  count(): number;
  /** Reads this container's probes if newer ones are known to exist. Settles within 2 s, never rejects. */
  refresh(containerId: string): Promise<void>;
  /** What `accept` would say may have changed: asks it again. */
  recheck(): void;
  /** Asks a live engine whose it is: it may have left its node and joined as another, with its streams open. */
  verify(): void;
  close(): void;
}

export interface EngineWatchOptions {
  client: EngineClient;
  clock: Clock;
  pace: SharedPace;
  emit(observation: Observation): void;
  onHint?(hint: Hint): void;
  /** A sentence why this engine may not be used, or `null`. Called with each identity, and for a {@link EngineWatch.recheck}. */
  accept?(nodeId: string): string | null;
  /** It is no longer read from: another endpoint may take over this node. */
  onRelease?(nodeId: string): void;
  log?: Log;
}

/** Starts at once. Does not own the client: whoever made it closes it. */
export function createEngineWatch(options: EngineWatchOptions): EngineWatch {
  const { client, clock, accept = () => null } = options;
  const emit = emitSafely(options.emit, options.log);
  let machine = IDLE_ENGINE;
  let epoch = 0;
  let pinging = false;
  let stream: EventStream | null = null;
  let waitTimer: Timer | null = null;
  let openTimer: Timer | null = null;
  let backstopTimer: Timer | null = null;
  let tracker: ContainerTracker | null = null;
  let nodeId: string | null = null;
  let refused = false;
  let verifying = false;
  let lastEngineAtMs: number | null = null;
  let lastReadMs: number | null = null;
  let source: Source = {
    kind: 'engine',
    endpoint: client.endpoint,
    nodeId: null,
    state: 'connecting',
    sinceMs: clock.nowMs(),
    error: null,
    lastReadMs: null,
    active: true,
    engineVersion: null,
    apiVersion: null,
    skewMs: 0,
  };

  let emitted: Source | null = null;

  const heartbeat = createHeartbeat({
    clock,
    onQuiet: () => input({ kind: 'quiet' }),
    onGap: () => input({ kind: 'gap' }),
  });

  function touch() {
    lastReadMs = heartbeat.touch();
  }

  function input(next: EngineInput) {
    const step = stepEngine(machine, next);
    if (step.machine.state !== machine.state)
      options.log?.('debug', `${client.endpoint}: ${machine.state} → ${step.machine.state} (${next.kind})`);
    machine = step.machine;
    for (const effect of step.effects) run(effect);
  }

  /** Runs one step's call; its outcome counts only while nothing was dropped since. */
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

  const fail = (error: unknown) => input({ kind: 'failed', error: toSentence(error) });

  function run(effect: EngineEffect) {
    switch (effect.kind) {
      case 'ping':
        return ping(effect.limitMs);
      case 'identify':
        heartbeat.start();
        return attempt(client.identify(LIMITS.identifyMs), identified, fail);
      case 'open':
        return open();
      case 'sync':
        return attempt(tracker?.sync() ?? Promise.resolve(), () => input({ kind: 'synced' }), fail);
      case 'replay':
        tracker?.replay();
        return planBackstop();
      case 'drop':
        return drop();
      case 'wait':
        waitTimer = clock.setTimer(effect.baseMs * (0.75 + clock.random() / 2), () => {
          waitTimer = null;
          input({ kind: 'due' });
        });
        return;
      case 'source':
        if (effect.state === 'unreachable' && nodeId !== null) options.onRelease?.(nodeId);
        return emitSource({ state: effect.state, error: effect.error });
    }
  }

  function emitSource(change: Partial<Source>) {
    const next = { ...source, lastReadMs, ...change };
    if (next.state !== source.state) next.sinceMs = clock.nowMs();
    source = next;
    // A retry that failed like the one before is no news.
    const { state, error } = next;
    if (
      state === 'unreachable' &&
      emitted?.state === state &&
      emitted.error === error &&
      emitted.nodeId === next.nodeId
    )
      return;
    emitted = next;
    emit({ kind: 'engine', source });
  }

  function ping(limitMs: number) {
    if (pinging) return;
    pinging = true;
    const late = `${client.endpoint} accepts connections but does not answer.`;
    attempt(
      raceLimit(clock, limitMs + 50, client.ping(limitMs), late),
      () => {
        pinging = false;
        touch();
        input({ kind: 'answered' });
      },
      (error) => {
        pinging = false;
        input({ kind: 'silent', error: toSentence(error) });
      },
    );
  }

  function identified(identity: EngineIdentity) {
    touch();
    const problem = refuseIdentity(identity) ?? (identity.nodeId === null ? null : accept(identity.nodeId));
    refused = problem !== null;
    const next = problem === null ? identity.nodeId : null;
    if (next !== nodeId) leaveNode();
    source = {
      ...source,
      nodeId: next,
      engineVersion: identity.engineVersion,
      apiVersion: identity.apiVersion,
      skewMs: identity.skewMs,
    };
    if (problem !== null || next === null)
      return input({ kind: 'refused', error: problem ?? 'This engine is in no swarm.' });
    nodeId = next;
    // Each engine says so for a moment after its start, and is this swarm's all the same.
    if (identity.localNodeState === 'pending')
      return fail(
        new EngineError('unreachable', `${identity.hostname || 'This engine'} is still joining the swarm.`),
      );
    tracker ??= createContainerTracker({
      client,
      clock,
      nodeId,
      pace: options.pace,
      emit,
      onHint: (hint) => options.onHint?.(hint),
      onDoubt: () => input({ kind: 'doubt' }),
      onActivity: touch,
    });
    input({ kind: 'identified' });
  }

  /** What was read under another node id is no longer anybody's. */
  function leaveNode() {
    if (nodeId === null) return;
    tracker?.pause();
    tracker = null;
    emit({ kind: 'containers', nodeId, containers: [] });
    options.onRelease?.(nodeId);
    nodeId = null;
    lastEngineAtMs = null;
  }

  function open() {
    const mine = epoch;
    openTimer = clock.setTimer(LIMITS.openMs, () =>
      fail(
        new EngineError(
          'timeout',
          `${client.endpoint} does not start its event stream: a proxy in between may hold it back.`,
        ),
      ),
    );
    stream = client.openEvents({
      scope: 'engine',
      sinceMs: lastEngineAtMs === null ? null : lastEngineAtMs - LIMITS.replayMs,
      onOpen() {
        if (mine !== epoch) return;
        openTimer?.cancel();
        touch();
        input({ kind: 'opened' });
      },
      onEvent(event) {
        if (mine !== epoch) return;
        touch();
        lastEngineAtMs = Math.max(lastEngineAtMs ?? 0, event.engineAtMs);
        tracker?.onEvent(event);
      },
      onClose(error) {
        if (mine !== epoch) return;
        stream = null;
        input({ kind: 'ended', error: error ? toSentence(error) : 'The engine ended its event stream.' });
      },
    });
  }

  function planBackstop() {
    const paceMs = Math.min(180_000, 30_000 + 300 * (tracker?.count() ?? 0));
    backstopTimer?.cancel();
    backstopTimer = clock.setTimer(paceMs * (0.8 + clock.random() * 0.4), () => {
      backstopTimer = null;
      attempt(
        tracker?.compare() ?? Promise.resolve(),
        () => {
          emitSource({});
          planBackstop();
        },
        (error) => {
          options.log?.('warn', `${client.endpoint}: list failed: ${toSentence(error)}`);
          planBackstop();
          input({ kind: 'doubt' });
        },
      );
    });
  }

  function drop() {
    epoch += 1;
    pinging = false;
    stream?.close();
    stream = null;
    for (const timer of [waitTimer, openTimer, backstopTimer]) timer?.cancel();
    waitTimer = null;
    openTimer = null;
    backstopTimer = null;
    heartbeat.stop();
    tracker?.pause();
  }

  input({ kind: 'start' });

  return {
    endpoint: client.endpoint,
    nodeId: () => nodeId,
    containerIds: () => tracker?.containerIds() ?? [],
    count: () => tracker?.count() ?? 0,
    refresh: (containerId) => tracker?.refresh(containerId) ?? Promise.resolve(),
    recheck() {
      if (nodeId !== null) {
        const problem = accept(nodeId);
        if (problem === null) return;
        leaveNode();
        refused = true;
        source = { ...source, nodeId: null };
        input({ kind: 'refused', error: problem });
      } else if (refused) {
        refused = false;
        waitTimer?.cancel();
        waitTimer = null;
        input({ kind: 'due' });
      }
    },
    verify() {
      if (verifying || machine.state !== 'live') return;
      verifying = true;
      const settle = () => {
        verifying = false;
      };
      const identity = client.identify();
      attempt(
        identity,
        (found) => {
          // As after a gap: all of it is read anew.
          if (found.nodeId !== nodeId) input({ kind: 'gap' });
        },
        () => input({ kind: 'doubt' }),
      );
      identity.then(settle, settle);
    },
    close: () => input({ kind: 'close' }),
  };
}
