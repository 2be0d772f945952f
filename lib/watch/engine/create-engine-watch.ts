import type { EngineClient } from '#lib/engine/port.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { EngineInput } from '#lib/watch/connection/connection-machine.ts';
import { createConnection } from '#lib/watch/connection/create-connection.ts';
import { createContainerTracker } from '#lib/watch/engine/tracker/create-container-tracker.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { emitSafely, type Log, toSentence } from '#lib/watch/log.ts';
import { createAcceptance, toFailure } from './create-acceptance.ts';
import { createBackstop } from './create-backstop.ts';
import { createEngineSource } from './create-engine-source.ts';
import { createNodeSession } from './create-node-session.ts';
import type { SharedPace } from './create-read-budget.ts';
import { createVerifier } from './create-verifier.ts';

/** Watches one engine for as long as it is open: whatever happens to the engine, what is emitted stays true. */
export interface EngineWatch {
  readonly endpoint: string;
  /** The node it reads now; `null` until it told us, and while it may not be used. */
  nodeId(): string | null;
  containerIds(): string[];
  count(): number;
  /** A manager tells that this container is here: unless the engine tells of it soon, it is asked for. */
  expect(containerId: string): void;
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
  const source = createEngineSource(client.endpoint, clock, emit);
  const session = createNodeSession({
    emit,
    onRelease: (nodeId) => options.onRelease?.(nodeId),
    createTracker: (nodeId, isSparse) =>
      createContainerTracker({
        client,
        clock,
        nodeId,
        pace: options.pace,
        isSparse,
        emit,
        onHint: (hint) => options.onHint?.(hint),
        onDoubt: () => connection.input({ kind: 'doubt' }),
        onMissed: () => backstop.now(),
        // The managers miss a node that left after 12 to 15 s; its engine has removed all of its tasks' containers by then
        // (moby daemon/cluster/swarm.go, Leave), and knows that it is in no swarm.
        onEmptied: verifyLive,
        onPassed: (changes) => options.log?.('warn', toPassedLine(client.endpoint, changes)),
        onActivity: connection.touch,
      }),
  });
  const acceptance = createAcceptance({ session, source, accept });

  const connection = createConnection<EngineInput>(
    {
      endpoints: 1,
      endsOnFailure: false,
      scope: 'engine',
      endedSentence: 'The engine ended its event stream.',
      client: () => client,
      admit: options.pace.openings.acquire,
      identify: () => client.identify(LIMITS.identifyMs),
      onIdentity: acceptance.identify,
      onFailure: toFailure,
      replayFromMs: session.replayFromMs,
      sync: () => session.tracker()?.sync() ?? Promise.resolve(),
      follow() {
        session.tracker()?.replay();
        backstop.plan();
        if (acceptance.isJoining()) verifier.soon();
      },
      onEvent: session.onEvent,
      onActivity: source.touch,
      drop() {
        backstop.stop();
        verifier.stop();
        session.tracker()?.pause();
      },
      next() {},
      onSource(state, error) {
        const nodeId = session.nodeId();
        if (state === 'unreachable' && nodeId !== null) options.onRelease?.(nodeId);
        source.emit(state, error);
      },
    },
    clock,
    options.log,
  );
  const backstop = createBackstop({
    clock,
    count: () => session.tracker()?.count() ?? 0,
    total: options.pace.containers,
    compare: () => session.tracker()?.compare() ?? Promise.resolve(),
    attempt: connection.attempt,
    onCompared: source.emitAgain,
    onFailed(error) {
      options.log?.('warn', `${client.endpoint}: list failed: ${toSentence(error)}`);
      connection.input({ kind: 'doubt' });
    },
  });
  const verifier = createVerifier(client, clock, connection.attempt, {
    found(identity) {
      // As after a gap: all of it is read anew.
      if (!acceptance.isAsBefore(identity)) connection.input({ kind: 'gap' });
      else if (acceptance.isJoining()) verifier.soon();
    },
    failed: () => connection.input({ kind: 'doubt' }),
  });

  function verifyLive(): void {
    if (connection.state() === 'live') verifier.now();
  }

  connection.start();

  return {
    endpoint: client.endpoint,
    nodeId: session.nodeId,
    containerIds: () => session.tracker()?.containerIds() ?? [],
    count: () => session.tracker()?.count() ?? 0,
    expect: (containerId) => session.tracker()?.expect(containerId),
    refresh: (containerId) => session.tracker()?.refresh(containerId) ?? Promise.resolve(),
    recheck() {
      const input = acceptance.recheck();
      if (input !== null) connection.input(input);
    },
    verify: verifyLive,
    close: () => connection.input({ kind: 'close' }),
  };
}

function toPassedLine(endpoint: string, changes: number): string {
  return `${endpoint}: containers change faster than is told one by one; ${changes} changes were passed over, of each container the last is shown.`;
}
