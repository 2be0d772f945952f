import { type EngineClient, EngineError, type EngineIdentity, type EventStream } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Source } from '#lib/model/docker/source.ts';
import type { SwarmInfo } from '#lib/model/docker/swarm-info.ts';
import type { Clock, Timer } from '#lib/watch/clock.ts';
import { createHeartbeat } from '#lib/watch/create-heartbeat.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { LIMITS } from '#lib/watch/limits.ts';
import { emitSafely, type Log, toSentence } from '#lib/watch/log.ts';
import { raceLimit } from '#lib/watch/race-limit.ts';
import { createStandbyCheck } from './create-standby-check.ts';
import { createSwarmReader } from './create-swarm-reader.ts';
import {
  type ManagerEffect,
  type ManagerInput,
  type ManagerMachine,
  stepManager,
} from './manager-machine.ts';
import { refuseManager } from './refuse-manager.ts';

/** Watches the swarm through one of several managers, and turns to the next when that one fails. */
export interface ManagerWatch {
  /** An engine saw something: the service's tasks are read again, soon and a few times. */
  touchService(serviceId: string): void;
  touchTask(taskId: string): void;
  /** Either of the two, as far as the hint knows. */
  onHint(hint: Hint): void;
  close(): void;
}

export interface ManagerWatchOptions {
  /** At least one, in the order of preference. Not owned: whoever made them closes them. */
  clients: readonly EngineClient[];
  clock: Clock;
  emit(observation: Observation): void;
  /** Every list of the nodes, before it is emitted. */
  onNodes?(nodes: SwarmNode[]): void;
  /** Are all engines watched, so that the full list only confirms? Default: no. */
  isCovered?(): boolean;
  log?: Log;
}

const NO_SWARM: SwarmInfo = { id: null, name: null, error: null };

export function createManagerWatch(options: ManagerWatchOptions): ManagerWatch {
  const { clients, clock } = options;
  const emit = emitSafely(options.emit, options.log);
  const first = clients[0];
  if (!first) throw new Error('A manager watch needs at least one endpoint.');
  let machine: ManagerMachine = { state: 'idle', endpoints: clients.length, attempts: 0 };
  let active = 0;
  let client = first;
  let epoch = 0;
  let pinging = false;
  let stream: EventStream | null = null;
  /** The last endpoint that was read in full: a round of tries that all fail is nothing to log. */
  let readFrom: string | null = null;
  let waitTimer: Timer | null = null;
  let openTimer: Timer | null = null;
  let swarm: SwarmInfo | null = null;
  const sources = clients.map((each, index): Source => toManagerSource(each.endpoint, index === 0, clock));

  const heartbeat = createHeartbeat({
    clock,
    onQuiet: () => input({ kind: 'quiet' }),
    onGap: () => input({ kind: 'gap' }),
  });
  const reader = createSwarmReader({
    client,
    clock,
    emit,
    onNodes: (nodes) => options.onNodes?.(nodes),
    isCovered: () => options.isCovered?.() ?? false,
    onListed() {
      touch();
      input({ kind: 'listed' });
    },
    onOverdue: () =>
      input({
        kind: 'overdue',
        error: `${client.endpoint} takes long to list the swarm: what is shown is ageing.`,
      }),
    onFailed: fail,
  });
  const standby = createStandbyCheck({
    clock,
    others: () => clients.filter((_, index) => index !== active),
    onResult(endpoint, result) {
      const index = clients.findIndex((each) => each.endpoint === endpoint);
      if (index !== active && index >= 0) emitSource(index, result);
    },
  });

  function touch() {
    heartbeat.touch();
    const source = sources[active];
    if (source) sources[active] = { ...source, lastReadMs: clock.nowMs() };
  }

  function emitSource(index: number, change: Partial<Source>) {
    const before = sources[index];
    if (!before) return;
    const next = { ...before, ...change };
    if (next.state !== before.state) next.sinceMs = clock.nowMs();
    sources[index] = next;
    emit({ kind: 'managers', sources: [...sources] });
  }

  function input(next: ManagerInput) {
    const step = stepManager(machine, next);
    if (step.machine.state !== machine.state)
      options.log?.('debug', `${client.endpoint}: ${machine.state} → ${step.machine.state} (${next.kind})`);
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

  function fail(error: unknown) {
    const leaderless = error instanceof EngineError && error.kind === 'no-quorum';
    const sentence = toSentence(error);
    if (leaderless) {
      swarm = { ...(swarm ?? NO_SWARM), error: sentence };
      emit({ kind: 'swarm', swarm });
    }
    input({ kind: 'failed', error: sentence, leaderless });
  }

  function run(effect: ManagerEffect) {
    switch (effect.kind) {
      case 'ping':
        return ping(effect.limitMs);
      case 'identify':
        heartbeat.start();
        return attempt(client.identify(), identified, fail);
      case 'open':
        return open();
      case 'sync':
        return attempt(
          reader.sync(),
          () => {
            touch();
            input({ kind: 'listed' });
          },
          fail,
        );
      case 'keep-pace':
        if (readFrom !== null && readFrom !== client.endpoint)
          options.log?.('info', `The swarm is now read from ${client.endpoint}.`);
        readFrom = client.endpoint;
        reader.keepPace();
        return standby.start();
      case 'drop':
        return drop();
      case 'next':
        return moveToNext();
      case 'wait':
        waitTimer = clock.setTimer(effect.baseMs * (0.75 + clock.random() / 2), () => {
          waitTimer = null;
          input({ kind: 'due' });
        });
        return;
      case 'source':
        return emitSource(active, { state: effect.state, error: effect.error });
    }
  }

  function moveToNext() {
    emitSource(active, { active: false });
    active = (active + 1) % clients.length;
    client = clients[active] ?? client;
    reader.use(client);
    // What made it live was being asked now and then: from here on it takes more.
    const state = sources[active]?.state === 'live' ? 'connecting' : (sources[active]?.state ?? 'connecting');
    emitSource(active, { active: true, state });
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
    const { nodeId, engineVersion, apiVersion, skewMs } = identity;
    const source = sources[active];
    if (source) sources[active] = { ...source, nodeId, engineVersion, apiVersion, skewMs };
    const refusal = refuseManager(identity, client.endpoint);
    if (refusal) return input({ kind: 'failed', error: refusal, leaderless: false });
    const error = identity.swarmError ?? identity.swarm?.error ?? null;
    swarm = { ...(identity.swarm ?? swarm ?? NO_SWARM), error };
    emit({ kind: 'swarm', swarm });
    if (error !== null) return input({ kind: 'failed', error, leaderless: true });
    input({ kind: 'identified' });
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
      scope: 'manager',
      // Swarm events are stamped by the leader and delivered late: the full list that follows is what counts.
      sinceMs: null,
      onOpen() {
        if (mine !== epoch) return;
        openTimer?.cancel();
        touch();
        input({ kind: 'opened' });
      },
      onEvent(event) {
        if (mine !== epoch) return;
        touch();
        reader.onEvent(event);
      },
      onClose(error) {
        if (mine !== epoch) return;
        stream = null;
        input({ kind: 'ended', error: error ? toSentence(error) : 'The manager ended its event stream.' });
      },
    });
  }

  function drop() {
    epoch += 1;
    pinging = false;
    stream?.close();
    stream = null;
    waitTimer?.cancel();
    openTimer?.cancel();
    waitTimer = null;
    openTimer = null;
    heartbeat.stop();
    standby.stop();
    reader.pause();
  }

  input({ kind: 'start' });

  return {
    touchService: reader.touchService,
    touchTask: reader.touchTask,
    onHint({ serviceId, taskId }) {
      if (serviceId !== null) reader.touchService(serviceId);
      else if (taskId !== null) reader.touchTask(taskId);
    },
    close: () => input({ kind: 'close' }),
  };
}

function toManagerSource(endpoint: string, active: boolean, clock: Clock): Source {
  return {
    kind: 'manager',
    endpoint,
    nodeId: null,
    state: 'connecting',
    sinceMs: clock.nowMs(),
    error: null,
    lastReadMs: null,
    active,
    engineVersion: null,
    apiVersion: null,
    skewMs: 0,
  };
}
