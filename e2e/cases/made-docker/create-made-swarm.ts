import { createHash } from 'node:crypto';
import { type Json, type Patch, patch } from './patch.ts';
import { ago, nanos } from './times.ts';

/** What an engine does with a path (without its version): hangs, answers with this, or answers after all. */
export type Reply = 'hang' | { status: number; body: unknown } | ((answer: Json | Json[]) => unknown);

/** A node of a made-up swarm, and its engine. What it says may be changed at any time. */
export interface MadeNode {
  readonly id: string;
  readonly hostname: string;
  /** One entry of `GET /nodes`. */
  node: Json;
  version: Json;
  info: Json;
  /** By how much its clock is ahead of ours, ms; what a case lays down itself has its own times. */
  aheadMs: number;
  /** Does an endpoint of the settings lead to its engine? */
  isServed: boolean;
  /** By id: entries of `GET /containers/json`, and what inspect says. */
  readonly containers: Map<string, MadeContainer>;
  /** By path: `/info`, `/containers/ID/json`. */
  readonly replies: Map<string, Reply>;
  /** Sends one event to all that listen. Times are put in. */
  emit(event: Json): void;
  readonly listeners: Set<(event: Json) => void>;
}

export interface MadeContainer {
  listed: () => Json;
  inspect: () => Json;
}

export interface MadeService {
  readonly id: string;
  readonly name: string;
  /** One entry of `GET /services`. */
  service: Json;
  readonly tasks: MadeTask[];
  /** One more task, and its container. */
  task(options: TaskOptions): MadeTask;
}

export interface MadeTask {
  readonly id: string;
  /** One entry of `GET /tasks`. */
  task: Json;
  /** Where its container is; `null`: it has none. */
  readonly containerId: string | null;
  readonly on: MadeNode | null;
}

export interface TaskOptions {
  slot?: number | null;
  /** Hostname; `null`: no node yet. */
  on?: string | null;
  task?: Patch;
  /** Over inspect's answer; `'none'`: there is no container. */
  container?: Patch | 'none';
}

export interface ServiceOptions {
  name: string;
  /**
   * How many tasks run, one to each slot; for `mode: 'global'` one to each host of `on`, to which a constraint keeps it. 1
   * if not given.
   */
  replicas?: number;
  mode?: 'replicated' | 'global';
  /** Hosts that take the tasks in turn; all of the three first if not given. */
  on?: string[];
  /** The interval of its health check, with a timeout of 5 s and 3 retries (`30 s`); `null`: it has none. */
  check?: string | null;
  /** Over the entry of `GET /services`. */
  service?: Patch;
  /** Over each task, or what is over the task of a slot. */
  task?: Patch | ((slot: number) => Patch);
  /** Over each container's inspect, or what is over that of a slot; `'none'`: it has no container. */
  container?: Patch | 'none' | ((slot: number) => Patch | 'none');
}

/** Facts of a swarm, as Docker's API tells them; all of it well where nothing is laid over it. */
export interface MadeSwarm {
  readonly nodes: MadeNode[];
  readonly services: MadeService[];
  readonly networks: Json[];
  /** The node of this hostname. */
  node(hostname: string): MadeNode;
  addNode(hostname: string, over?: { node?: Patch; info?: Patch; version?: Patch }): MadeNode;
  service(options: ServiceOptions): MadeService;
  /** Runs when the product has read the swarm once. */
  later(act: () => void): void;
  readonly laters: (() => void)[];
}

/** The interval of a health check that no case names. */
const USUAL_CHECK = '30 s';
/** Instead, where a case lays probes: long enough that they stay the last ones while it waits, on whatever machine. */
const NOT_DUE_YET = '10 min';

const NEWEST = { Version: '28.5.2', ApiVersion: '1.51', MinAPIVersion: '1.24' };
const RELEASES = [
  NEWEST,
  { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' },
  { Version: '29.1.0', ApiVersion: '1.52', MinAPIVersion: '1.44' },
];
const STARTED = '3 h';

/** @param managers how many of its three hosts, docker01 to docker03, are managers */
export function createMadeSwarm({ managers = 1 }: { managers?: number } = {}): MadeSwarm {
  const nodes: MadeNode[] = [];
  const services: MadeService[] = [];
  const laters: (() => void)[] = [];
  const swarm: MadeSwarm = {
    nodes,
    services,
    networks: [],
    laters,
    node(hostname) {
      const found = nodes.find((one) => one.hostname === hostname);
      if (found === undefined) throw new Error(`There is no node ${hostname}.`);
      return found;
    },
    addNode(hostname, over = {}) {
      const before = nodes.filter((one) => one.hostname === hostname).length;
      const node = makeNode(hostname, { index: nodes.length, before }, over);
      nodes.push(node);
      return node;
    },
    service(options) {
      const service = makeService(swarm, options);
      services.push(service);
      return service;
    },
    later: (act) => laters.push(act),
  };
  for (let index = 1; index <= 3; index += 1)
    swarm.addNode(`docker0${index}`, index > managers ? {} : { node: toManager(index) });
  return swarm;
}

/** Over a node: it is a manager, the first one the leader. */
export function toManager(index: number): Json {
  return {
    Spec: { Role: 'manager' },
    ManagerStatus: {
      ...(index === 1 ? { Leader: true } : {}),
      Reachability: 'reachable',
      Addr: `10.9.0.${index}:2377`,
    },
  };
}

/** @param before so many of this name there are already: the others have the same id in each swarm */
function makeNode(
  hostname: string,
  { index, before }: { index: number; before: number },
  over: { node?: Patch; info?: Patch; version?: Patch },
): MadeNode {
  const id = toId(`node ${hostname} ${before}`);
  const release = RELEASES[index % RELEASES.length] ?? NEWEST;
  const node = patch(
    {
      ID: id,
      Version: { Index: 10 + index },
      CreatedAt: ago('90 d'),
      UpdatedAt: ago('9 d'),
      Spec: { Labels: {}, Role: 'worker', Availability: 'active' },
      Description: {
        Hostname: hostname,
        Platform: { Architecture: 'x86_64', OS: 'linux' },
        Resources: { NanoCPUs: 8e9, MemoryBytes: 32 * 1024 ** 3 },
        Engine: { EngineVersion: release.Version },
      },
      Status: { State: 'ready', Addr: `10.9.0.${index + 1}` },
    },
    over.node,
  );
  const isManager = node.ManagerStatus !== undefined;
  const listeners = new Set<(event: Json) => void>();
  const made: MadeNode = {
    id,
    hostname,
    node,
    version: patch(
      { ...release, Os: 'linux', Arch: 'amd64', Components: [{ Name: 'Engine' }] },
      over.version,
    ),
    info: patch(
      {
        ID: id,
        Name: hostname,
        ServerVersion: release.Version,
        Swarm: {
          NodeID: id,
          NodeAddr: `10.9.0.${index + 1}`,
          LocalNodeState: 'active',
          ControlAvailable: isManager,
          Error: '',
          ...(isManager ? { Cluster: { ID: toId('swarm'), Spec: { Name: 'default' } } } : {}),
        },
      },
      over.info,
    ),
    aheadMs: 0,
    isServed: true,
    containers: new Map(),
    replies: new Map(),
    listeners,
    emit(event) {
      const nowMs = Date.now() + made.aheadMs;
      const timed = { scope: 'local', time: Math.floor(nowMs / 1000), timeNano: nowMs * 1e6, ...event };
      for (const listen of listeners) listen(timed);
    },
  };
  return made;
}

function makeService(swarm: MadeSwarm, options: ServiceOptions): MadeService {
  const { name, replicas = 1, mode = 'replicated', check = USUAL_CHECK } = options;
  const hosts = options.on ?? ['docker01', 'docker02', 'docker03'];
  const id = toId(`service ${name}`);
  const label = `runs-${name}`;
  if (mode === 'global') for (const host of hosts) addLabel(swarm.node(host), label);
  const template = {
    ContainerSpec: { Image: 'app:1' },
    ForceUpdate: 0,
    Runtime: 'container',
    ...(mode === 'global' ? { Placement: { Constraints: [`node.labels.${label}==yes`] } } : {}),
  };
  const tasks: MadeTask[] = [];
  const service: MadeService = {
    id,
    name,
    tasks,
    service: patch(
      {
        ID: id,
        Version: { Index: 100 },
        CreatedAt: ago('30 d'),
        UpdatedAt: ago('30 d'),
        Spec: {
          Name: name,
          Labels: {},
          TaskTemplate: template,
          Mode: mode === 'global' ? { Global: {} } : { Replicated: { Replicas: replicas } },
        },
      },
      options.service,
    ),
    task(made) {
      const task = makeTask(swarm, service, { check, ...made });
      tasks.push(task);
      return task;
    },
  };
  const count = mode === 'global' ? hosts.length : replicas;
  for (let slot = 1; slot <= count; slot += 1) {
    const over = typeof options.task === 'function' ? options.task(slot) : options.task;
    const container = typeof options.container === 'function' ? options.container(slot) : options.container;
    service.task({
      slot: mode === 'global' ? null : slot,
      on: hosts[(slot - 1) % hosts.length] ?? null,
      task: over,
      container,
    });
  }
  return service;
}

/** A node may take what is kept to nodes with this label. */
export function addLabel(made: MadeNode, label: string): void {
  made.node = patch(made.node, { Spec: { Labels: { [label]: 'yes' } } });
}

function makeTask(
  swarm: MadeSwarm,
  service: MadeService,
  { slot = null, on = null, task: over, container: inspected, check }: TaskOptions & { check: string | null },
): MadeTask {
  const node = on === null ? null : swarm.node(on);
  const id = toId(`task ${service.name} ${service.tasks.length}`);
  const containerId = inspected === 'none' || node === null ? null : toHash(`container ${id}`);
  const spec = (service.service.Spec as Json).TaskTemplate;
  const task = patch(
    {
      ID: id,
      Version: { Index: 200 },
      CreatedAt: ago(STARTED),
      UpdatedAt: ago(STARTED),
      Spec: spec,
      ServiceID: service.id,
      ...(slot === null ? {} : { Slot: slot }),
      ...(node === null ? {} : { NodeID: node.id }),
      Status: {
        Timestamp: ago(STARTED),
        State: 'running',
        Message: 'started',
        ...(containerId === null
          ? {}
          : { ContainerStatus: { ContainerID: containerId, PID: 4711, ExitCode: 0 } }),
      },
      DesiredState: 'running',
    },
    over,
  );
  if (containerId !== null && node !== null) {
    const labels = {
      'com.docker.swarm.node.id': node.id,
      'com.docker.swarm.service.id': service.id,
      'com.docker.swarm.service.name': service.name,
      'com.docker.swarm.task': '',
      'com.docker.swarm.task.id': id,
      'com.docker.swarm.task.name': `${service.name}.${slot ?? node.id}.${id}`,
    };
    addContainer(node, { id: containerId, labels, check, over: inspected === 'none' ? null : inspected });
  }
  return { id, task, containerId, on: node };
}

/** A container that Swarm made, with probes that pass as time goes on, where nothing else is laid over it. */
export function addContainer(
  node: MadeNode,
  { id, labels, check, over }: { id: string; labels: Json; check: string | null; over: Patch },
): void {
  const startedAt = ago(STARTED);
  const inspect = () =>
    patch(
      {
        Id: id,
        Created: startedAt,
        Name: `/${String(labels['com.docker.swarm.task.name'])}`,
        State: {
          Status: 'running',
          Running: true,
          Paused: false,
          Restarting: false,
          OOMKilled: false,
          Dead: false,
          Pid: 4711,
          ExitCode: 0,
          Error: '',
          StartedAt: startedAt,
          FinishedAt: '0001-01-01T00:00:00Z',
          ...(check === null
            ? {}
            : { Health: { Status: 'healthy', FailingStreak: 0, Log: toLog(startedAt, nanos(check) / 1e6) } }),
        },
        Config: {
          Image: 'app:1',
          Labels: labels,
          ...(check === null
            ? {}
            : {
                Healthcheck: {
                  Test: ['CMD-SHELL', 'wget -qO- http://127.0.0.1/health'],
                  Interval: nanos(check === USUAL_CHECK && isLogLaid(over) ? NOT_DUE_YET : check),
                  Timeout: nanos('5 s'),
                  Retries: 3,
                },
              }),
        },
      },
      over,
    );
  node.containers.set(id, { inspect, listed: () => toListed(inspect(), node) });
}

function isLogLaid(over: Patch): boolean {
  const { State } = (over ?? {}) as { State?: { Health?: { Log?: unknown } | null } };
  return Array.isArray(State?.Health?.Log);
}

/** The five newest of probes that pass, each an interval after the one before. */
function toLog(startedAt: string, intervalMs: number): object[] {
  const startMs = Date.parse(startedAt);
  const count = Math.floor((Date.now() - startMs) / intervalMs);
  const ends = [4, 3, 2, 1, 0].map((back) => startMs + (count - back) * intervalMs);
  return ends.map((endMs) => ({
    Start: new Date(endMs - 40).toISOString(),
    End: new Date(endMs).toISOString(),
    ExitCode: 0,
    Output: 'ok\n',
  }));
}

/** The entry of `GET /containers/json` that goes with what inspect says. */
function toListed(inspect: Json, { version }: MadeNode): Json {
  // The list says that it runs where a case takes the state out of inspect's answer.
  const state = (inspect.State ?? { Status: 'running' }) as Json;
  const config = inspect.Config as Json;
  const health = state.Health as { Status: string; FailingStreak: number } | undefined;
  const word =
    health === undefined ? '' : ` (${health.Status === 'starting' ? 'health: starting' : health.Status})`;
  return {
    Id: inspect.Id,
    Names: [inspect.Name],
    Image: config.Image,
    Command: 'app',
    Created: Math.floor(Date.parse(String(inspect.Created)) / 1000),
    Labels: config.Labels,
    State: state.Status,
    Status: state.Status === 'running' ? `Up 3 hours${word}` : String(state.Status),
    ...(version.ApiVersion === '1.52'
      ? { Health: { Status: health?.Status ?? 'none', FailingStreak: health?.FailingStreak ?? 0 } }
      : {}),
  };
}

export function toHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** An id of Swarm's kind: 25 characters, the same for the same text. */
export function toId(text: string): string {
  return BigInt(`0x${toHash(text)}`)
    .toString(36)
    .padStart(25, '0')
    .slice(-25);
}
