import type { EngineClient, EngineIdentity } from '#lib/engine/port.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Observation } from '#lib/model/docker/observation.ts';
import type { Clock } from '#lib/watch/clock.ts';
import type { ManagerInput } from '#lib/watch/connection/connection-machine.ts';
import { createConnection } from '#lib/watch/connection/create-connection.ts';
import type { Hint } from '#lib/watch/hint.ts';
import { emitSafely, type Log } from '#lib/watch/log.ts';
import { createLeaderSearch } from './create-leader-search.ts';
import { createManagerSources } from './create-manager-sources.ts';
import { createRotationReader } from './create-rotation-reader.ts';
import { createStandbyCheck } from './create-standby-check.ts';
import { createSwarmReader, type SwarmReader } from './create-swarm-reader.ts';
import { createSwarmReport } from './create-swarm-report.ts';

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

export function createManagerWatch(options: ManagerWatchOptions): ManagerWatch {
  const { clients, clock } = options;
  const emit = emitSafely(options.emit, options.log);
  const first = clients[0];
  if (!first) throw new Error('A manager watch needs at least one endpoint.');
  let active = 0;
  let client = first;
  const noteReadFrom = createMoveLog(options.log);
  const swarm = createSwarmReport((found) => emit({ kind: 'swarm', swarm: found }));
  const endpoints = clients.map(({ endpoint }) => endpoint);
  const sources = createManagerSources(endpoints, clock, (all) => emit({ kind: 'managers', sources: all }));

  const connection = createConnection<ManagerInput>(
    {
      endpoints: clients.length,
      endsOnFailure: true,
      scope: 'manager',
      endedSentence: 'The manager ended its event stream.',
      client: () => client,
      identify: (asked) => search.identify(asked),
      onIdentity: identify,
      onFailure: swarm.toFailure,
      // Swarm events are stamped by the leader and delivered late: the full list that follows is what counts.
      replayFromMs: () => null,
      sync: () => reader.sync(),
      follow,
      onEvent: (event) => reader.onEvent(event),
      onActivity: (atMs) => sources.touch(active, atMs),
      drop() {
        search.start();
        standby.stop();
        reader.pause();
        rotation.pause();
      },
      next: () => moveTo(search.after(client)),
      onSource: (state, error) => sources.emit(active, { state, error }),
    },
    clock,
    options.log,
  );
  const reader = createSwarmReader({
    client,
    clock,
    emit,
    onNodes(nodes) {
      options.onNodes?.(nodes);
      rotation.see(nodes);
    },
    isCovered: () => options.isCovered?.() ?? false,
    onActivity: connection.touch,
    onListed: () => connection.input({ kind: 'listed' }),
    onOverdue: () => connection.input({ kind: 'overdue', error: toOverdue(client.endpoint) }),
    hasOthers: clients.length > 1,
    patienceMs: () => search.patienceMs(),
    onHang: (error) => search.onHang(error, swarm.toFailure),
    onFailed: (error) => connection.input(swarm.toFailure(error)),
    ...(options.log ? { log: options.log } : {}),
  });
  const rotation = createRotationReader({ clock, client: () => client, report: swarm });
  const standby = createStandbyCheck({
    clock,
    others: () => clients.filter((_, index) => index !== active),
    onResult(endpoint, result) {
      const index = endpoints.indexOf(endpoint);
      if (index !== active && index >= 0) sources.emit(index, result);
    },
  });

  const { state, input } = connection;
  const search = createLeaderSearch({ clock, clients, moveTo, client: () => client, state, input });

  function identify(identity: EngineIdentity): ManagerInput {
    sources.setIdentity(active, identity);
    return swarm.identify(identity, client.endpoint);
  }

  function follow() {
    noteReadFrom(client.endpoint);
    swarm.onListed();
    search.stop();
    reader.keepPace();
    rotation.keepPace();
    standby.start();
  }

  function moveTo(next: EngineClient) {
    sources.emit(active, { active: false });
    active = clients.indexOf(next);
    client = next;
    reader.use(client);
    // What made it live was being asked now and then: from here on it takes more.
    const state = sources.stateOf(active);
    sources.emit(active, { active: true, state: state === 'live' ? 'connecting' : state });
  }

  connection.start();

  return {
    touchService: reader.touchService,
    touchTask: reader.touchTask,
    onHint: (hint) => touchHinted(reader, hint),
    close() {
      connection.input({ kind: 'close' });
      search.stop();
    },
  };
}

/** A round of tries that all fail is nothing to log: what counts is the last endpoint that was read in full. */
function createMoveLog(log: Log | undefined): (endpoint: string) => void {
  let readFrom: string | null = null;
  return (endpoint) => {
    if (readFrom !== null && readFrom !== endpoint) log?.('info', `The swarm is now read from ${endpoint}.`);
    readFrom = endpoint;
  };
}

const toOverdue = (endpoint: string) => `${endpoint} takes long to list the swarm: what is shown is ageing.`;

function touchHinted(reader: SwarmReader, { serviceId, taskId }: Hint): void {
  if (serviceId !== null) reader.touchService(serviceId, taskId);
  else if (taskId !== null) reader.touchTask(taskId);
}
