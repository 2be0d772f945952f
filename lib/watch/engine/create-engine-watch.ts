import { type EngineClient, EngineError, type EngineIdentity } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { EngineInput } from '#lib/watch/connection/connection-machine.ts';
import { createConnection } from '#lib/watch/connection/create-connection.ts';
import {
  type ContainerTracker,
  createContainerTracker,
} from '#lib/watch/engine/tracker/create-container-tracker.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { emitSafely, type Log, toSentence } from '#lib/watch/log.ts';
import { refuseIdentity } from '#lib/watch/refuse.ts';
import { createBackstop } from './create-backstop.ts';
import { createEngineSource } from './create-engine-source.ts';
import type { SharedPace } from './create-read-budget.ts';

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
  const source = createEngineSource(client.endpoint, clock, (changed) =>
    emit({ kind: 'engine', source: changed }),
  );
  let tracker: ContainerTracker | null = null;
  let nodeId: string | null = null;
  let isRefused = false;
  let isVerifying = false;
  let lastEngineAtMs: number | null = null;

  const connection = createConnection<EngineInput>(
    {
      endpoints: 1,
      endsOnFailure: false,
      scope: 'engine',
      endedSentence: 'The engine ended its event stream.',
      client: () => client,
      identify: () => client.identify(LIMITS.identifyMs),
      onIdentity: identify,
      onFailure: toFailure,
      replayFromMs: () => (lastEngineAtMs === null ? null : lastEngineAtMs - LIMITS.replayMs),
      sync: () => tracker?.sync() ?? Promise.resolve(),
      follow() {
        tracker?.replay();
        backstop.plan();
      },
      onEvent(event) {
        lastEngineAtMs = Math.max(lastEngineAtMs ?? 0, event.engineAtMs);
        tracker?.onEvent(event);
      },
      onActivity: source.touch,
      drop() {
        backstop.stop();
        tracker?.pause();
      },
      next() {},
      onSource(state, error) {
        if (state === 'unreachable' && nodeId !== null) options.onRelease?.(nodeId);
        source.emit(state, error);
      },
    },
    clock,
    options.log,
  );
  const backstop = createBackstop(clock, () => tracker?.count() ?? 0, compare);

  function identify(identity: EngineIdentity): EngineInput {
    const problem = refuseIdentity(identity) ?? (identity.nodeId === null ? null : accept(identity.nodeId));
    isRefused = problem !== null;
    const next = problem === null ? identity.nodeId : null;
    if (next !== nodeId) leaveNode();
    source.setIdentity(identity, next);
    if (problem !== null || next === null)
      return { kind: 'refused', error: problem ?? 'This engine is in no swarm.' };
    nodeId = next;
    // Each engine says so for a moment after its start, and is this swarm's all the same.
    if (identity.localNodeState === 'pending') {
      const name = identity.hostname || 'This engine';
      return toFailure(new EngineError('unreachable', `${name} is still joining the swarm.`));
    }
    tracker ??= startTracker(nodeId, identity.agentLevel !== null);
    return { kind: 'identified' };
  }

  function startTracker(ofNodeId: string, isSparse: boolean): ContainerTracker {
    return createContainerTracker({
      client,
      clock,
      nodeId: ofNodeId,
      pace: options.pace,
      isSparse,
      emit,
      onHint: (hint) => options.onHint?.(hint),
      onDoubt: () => connection.input({ kind: 'doubt' }),
      onActivity: connection.touch,
    });
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

  function compare() {
    connection.attempt(
      tracker?.compare() ?? Promise.resolve(),
      () => {
        source.emitAgain();
        backstop.plan();
      },
      (error) => {
        options.log?.('warn', `${client.endpoint}: list failed: ${toSentence(error)}`);
        backstop.plan();
        connection.input({ kind: 'doubt' });
      },
    );
  }

  function verify() {
    if (isVerifying || connection.state() !== 'live') return;
    isVerifying = true;
    const settle = () => {
      isVerifying = false;
    };
    const identity = client.identify();
    connection.attempt(
      identity,
      (found) => {
        // As after a gap: all of it is read anew.
        if (found.nodeId !== nodeId) connection.input({ kind: 'gap' });
      },
      () => connection.input({ kind: 'doubt' }),
    );
    identity.then(settle, settle);
  }

  function recheck() {
    if (nodeId !== null) {
      const problem = accept(nodeId);
      if (problem === null) return;
      leaveNode();
      isRefused = true;
      source.leaveNode();
      connection.input({ kind: 'refused', error: problem });
    } else if (isRefused) {
      isRefused = false;
      connection.input({ kind: 'due' });
    }
  }

  connection.start();

  return {
    endpoint: client.endpoint,
    nodeId: () => nodeId,
    containerIds: () => tracker?.containerIds() ?? [],
    count: () => tracker?.count() ?? 0,
    refresh: (containerId) => tracker?.refresh(containerId) ?? Promise.resolve(),
    recheck,
    verify,
    close: () => connection.input({ kind: 'close' }),
  };
}

function toFailure(error: unknown): EngineInput {
  return { kind: 'failed', error: toSentence(error), leaderless: false };
}
