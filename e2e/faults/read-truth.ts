/**
 * The swarm as its engines report it, read and chosen without a line of the product: what a person would find out with
 * `docker service ps` and `docker inspect` on each node.
 */
export interface Truth {
  /** Could a manager be read? Without one, `nodes` says which engines can be read, and nothing else is known. */
  isWhole: boolean;
  nodes: Record<string, Record<string, unknown>>;
  services: Record<string, Record<string, unknown>>;
  /** By `<service>.<key>`. */
  replicas: Record<string, Record<string, unknown>>;
  /** Services whose replicas are not in it. */
  jobs: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: Docker's JSON, which this reading must not share types for
type Json = any;

async function get(endpoint: string, path: string): Promise<Json> {
  const response = await fetch(`${endpoint.replace('tcp:', 'http:')}${path}`, {
    signal: AbortSignal.timeout(3_000),
    headers: { connection: 'close' },
  });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return response.json();
}

/** What is known without a manager: which engines the product can read, by node id. */
export function toPartTruth(nodes: readonly { id: string; hostname: string; isSeen: boolean }[]): Truth {
  return {
    isWhole: false,
    nodes: Object.fromEntries(
      nodes.map(({ id, hostname, isSeen }) => [id, { hostname, engine: isSeen ? 'live' : 'not live' }]),
    ),
    services: {},
    replicas: {},
    jobs: [],
  };
}

export interface Unreadable {
  /** Node ids of engines that the product cannot read: of what runs there nothing good may be said. */
  unread: ReadonlySet<string>;
  /** By id: containers that did not answer, and since when. Kept up by each reading, from one to the next. */
  hung: Map<string, number>;
}

/** A probe of the lab's services is due every 5 s: so long, the newest may be all that there is to know. */
const HUNG_FOR_MS = 5_000;
/** A probe that is so late does not come: its prober hangs, as behind a shim that is stopped. */
const OVERDUE_MS = 15_000;
/** Of both the interval and the timeout of a check. */
const DEFAULT_NS = 30e9;

/**
 * @param engines those that can be read
 * @throws when an engine that should answer does not
 */
export async function readTruth(
  manager: string,
  engines: readonly string[],
  { unread, hung }: Unreadable = { unread: new Set(), hung: new Map() },
): Promise<Truth> {
  const [nodes, services, tasks]: Json[] = await Promise.all(
    ['/nodes', '/services', '/tasks'].map((path) => get(manager, path)),
  );
  const containers = new Map<string, Json>();
  await Promise.all(
    engines.map(async (engine) => {
      const listed: Json[] = await get(engine, '/containers/json?all=1');
      await Promise.all(
        listed.map(async ({ Id, Labels }) => {
          const container = await inspect(engine, Id, hung);
          if (container !== null) containers.set(Labels['com.docker.swarm.task.id'], container);
        }),
      );
    }),
  );
  const truth: Truth = { isWhole: true, nodes: {}, services: {}, replicas: {}, jobs: [] };
  for (const node of nodes) {
    truth.nodes[node.ID] = {
      hostname: node.Description.Hostname,
      status: node.Status.State,
      availability: node.Spec.Availability,
      role: node.Spec.Role,
      leader: node.ManagerStatus?.Leader === true,
      engine: unread.has(node.ID) ? 'not live' : 'live',
    };
  }
  for (const service of services) {
    const { Name, Mode, TaskTemplate } = service.Spec;
    truth.services[Name] = {
      id: service.ID,
      image: TaskTemplate.ContainerSpec.Image.split('@')[0],
      update: service.UpdateStatus?.State ?? null,
    };
    if (Mode.Replicated === undefined && Mode.Global === undefined) {
      truth.jobs.push(Name);
      continue;
    }
    const own = tasks.filter((task: Json) => task.ServiceID === service.ID);
    const keyOf = (task: Json) => (Mode.Global === undefined ? String(task.Slot) : task.NodeID);
    for (const key of new Set<string>(own.map(keyOf))) {
      const inSlot = own
        .filter((task: Json) => keyOf(task) === key)
        .sort((a: Json, b: Json) => (a.CreatedAt < b.CreatedAt ? 1 : -1));
      // Two of start-first are wanted at once: until the new one runs, the old one is what serves.
      const wanted =
        inSlot.find((task: Json) => task.DesiredState === 'running' && task.Status.State === 'running') ??
        inSlot.find((task: Json) => ['ready', 'running'].includes(task.DesiredState));
      if (wanted === undefined) continue;
      truth.replicas[`${Name}.${key}`] = unread.has(wanted.NodeID)
        ? { ...toTask(wanted), status: 'not green' }
        : { ...toTask(wanted), ...toHealth(wanted, containers.get(wanted.ID)) };
    }
  }
  return truth;
}

/** @returns null when it is gone; since when it does not answer, while it does not */
async function inspect(engine: string, id: string, hung: Map<string, number>): Promise<Json> {
  const askedMs = Date.now();
  try {
    const container = await get(engine, `/containers/${id}/json`);
    hung.delete(id);
    return container;
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') return null;
    hung.set(id, hung.get(id) ?? askedMs);
    return { hungSinceMs: hung.get(id) };
  }
}

function toTask(task: Json): Record<string, unknown> {
  const containerId = task.Status.ContainerStatus?.ContainerID;
  return {
    taskId: task.ID,
    nodeId: task.NodeID ?? null,
    taskState: task.Status.State,
    desiredState: task.DesiredState,
    error: task.Status.Err ?? null,
    // An engine knows its container before the manager does: until then both are right.
    ...(containerId === undefined ? {} : { containerId }),
  };
}

function toHealth(task: Json, container: Json): Record<string, unknown> {
  if (container?.hungSinceMs !== undefined)
    return { status: Date.now() - container.hungSinceMs > HUNG_FOR_MS ? 'not green' : null };
  // Docker calls a paused container unhealthy, and goes on to until its next probe.
  const { Running, Paused, Health } = container?.State ?? {};
  const retries = container?.Config.Healthcheck?.Retries || 3;
  const isForced = Paused || (Health?.Status === 'unhealthy' && Health.FailingStreak < retries);
  const status = toStatus(task, container);
  if (isForced) return { status: Paused ? status : null };
  const health = Running ? Health : undefined;
  return {
    status,
    health: health === undefined ? null : `${health.Status} ${health.FailingStreak}`,
    lastExit: health?.FailingStreak > 0 ? health.Log.at(-1).ExitCode : null,
  };
}

/** What Docker says of its health is from before: how long ago its next probe should have ended. */
function toOverdueMs({ State, Config }: Json): number {
  const { Interval, Timeout } = Config.Healthcheck ?? {};
  const last = State.Health.Log?.at(-1)?.End ?? State.StartedAt;
  return (
    Date.now() -
    Math.max(Date.parse(last), Date.parse(State.StartedAt)) -
    ((Interval || DEFAULT_NS) + (Timeout || DEFAULT_NS)) / 1e6
  );
}

/** Only where there can be no two opinions; null elsewhere. */
function toStatus(task: Json, container: Json): string | null {
  if (task.DesiredState !== 'running' || task.Status.State !== 'running' || !container?.State.Running)
    return null;
  if (container.State.Paused) return 'paused';
  const health = container.State.Health;
  if (health === undefined) return 'running';
  const overdueMs = toOverdueMs(container);
  if (overdueMs > 0) return overdueMs > OVERDUE_MS ? 'not green' : null;
  if (health.Status === 'healthy') return health.FailingStreak > 0 ? 'failing' : 'healthy';
  return health.Status;
}
