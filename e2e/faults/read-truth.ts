/**
 * The swarm as its engines tell it, read and chosen without a line of the product: what a person would find out with
 * `docker service ps` and `docker inspect` on each node.
 */
export interface Truth {
  nodes: Record<string, Record<string, unknown>>;
  services: Record<string, Record<string, unknown>>;
  /** By `<service>.<key>`. */
  replicas: Record<string, Record<string, unknown>>;
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

/** @throws when an engine that should answer does not */
export async function readTruth(manager: string, engines: string[]): Promise<Truth> {
  const [nodes, services, tasks]: Json[] = await Promise.all(
    ['/nodes', '/services', '/tasks'].map((path) => get(manager, path)),
  );
  const containers = new Map<string, Json>();
  await Promise.all(
    engines.map(async (engine) => {
      for (const { Id } of await get(engine, '/containers/json?all=1')) {
        const container = await get(engine, `/containers/${Id}/json`).catch(() => null);
        if (container !== null)
          containers.set(container.Config.Labels['com.docker.swarm.task.id'], container);
      }
    }),
  );
  const truth: Truth = { nodes: {}, services: {}, replicas: {} };
  for (const node of nodes) {
    truth.nodes[node.ID] = {
      hostname: node.Description.Hostname,
      status: node.Status.State,
      availability: node.Spec.Availability,
      role: node.Spec.Role,
      leader: node.ManagerStatus?.Leader === true,
      engine: 'live',
    };
  }
  for (const service of services) {
    const { Name, Mode, TaskTemplate } = service.Spec;
    truth.services[Name] = {
      id: service.ID,
      image: TaskTemplate.ContainerSpec.Image.split('@')[0],
      update: service.UpdateStatus?.State ?? null,
    };
    // What jobs did is another question.
    if (Mode.Replicated === undefined && Mode.Global === undefined) continue;
    const own = tasks.filter((task: Json) => task.ServiceID === service.ID);
    const keyOf = (task: Json) => (Mode.Global === undefined ? String(task.Slot) : task.NodeID);
    for (const key of new Set<string>(own.map(keyOf))) {
      const inSlot = own
        .filter((task: Json) => keyOf(task) === key)
        .sort((a: Json, b: Json) => (a.CreatedAt < b.CreatedAt ? 1 : -1));
      const wanted = inSlot.find((task: Json) => ['ready', 'running'].includes(task.DesiredState));
      if (wanted === undefined) continue;
      truth.replicas[`${Name}.${key}`] = toReplica(wanted, containers.get(wanted.ID));
    }
  }
  return truth;
}

function toReplica(task: Json, container: Json): Record<string, unknown> {
  const health = container?.State.Running ? container.State.Health : undefined;
  return {
    taskId: task.ID,
    nodeId: task.NodeID ?? null,
    taskState: task.Status.State,
    desiredState: task.DesiredState,
    error: task.Status.Err ?? null,
    containerId: task.Status.ContainerStatus?.ContainerID ?? null,
    status: toStatus(task, container),
    health: health === undefined ? null : `${health.Status} ${health.FailingStreak}`,
    lastExit: health?.FailingStreak > 0 ? health.Log.at(-1).ExitCode : null,
  };
}

/** Only where there can be no two opinions; null elsewhere. */
function toStatus(task: Json, container: Json): string | null {
  if (task.DesiredState !== 'running' || task.Status.State !== 'running' || !container?.State.Running)
    return null;
  const health = container.State.Health;
  if (health === undefined) return 'running';
  if (health.Status === 'healthy') return health.FailingStreak > 0 ? 'failing' : 'healthy';
  return health.Status;
}
