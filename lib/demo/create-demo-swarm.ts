import { join } from 'node:path';
import {
  createEngineServer,
  type EngineAddress,
  type EngineServer,
} from '#lib/demo/api/create-engine-server.ts';
import { createTally, type Tally } from '#lib/demo/api/create-tally.ts';
import type { Timeline } from '#lib/demo/life/create-timeline.ts';
import { breakSome, createPorts, type DemoPorts } from '#lib/demo/ports/create-ports.ts';
import { createLivedWorld, type LivedWorldOptions } from './create-lived-world.ts';
import type { SimNode, World } from './world.ts';

export interface DemoOptions {
  nodes?: number;
  /** Given sizes mean ordinary services only; left out (`null`), the default swarm with its special cases. */
  services?: number | null;
  replicas?: number | null;
  seed?: number;
  /** Health changes a minute, and nothing else; `null`: a life of many scenes. */
  churn?: number | null;
  /**
   * Its nodes have addresses on loopback, and what is published listens there; in the life of many scenes some of it is
   * broken for good.
   */
  ports?: boolean;
  /** Its engines answer as the agents in front of them would (`lib/agent`): what they tell of probes is less. */
  agents?: boolean;
  /** It has lived through an ordinary day before (`createLivedWorld`). */
  pastHours?: number;
  listen: DemoListen;
}

export type DemoListen =
  | { kind: 'unix'; folder: string }
  /** One port after the other from `basePort` on; 0: any that is free. */
  | { kind: 'tcp'; host: string; basePort: number };

export interface DemoSwarm {
  /** Endpoints of the managers. */
  managers: string[];
  /** Endpoints of every node's engine, in the order of the nodes; the managers' are among them. */
  engines: string[];
  world: World;
  /** The server of each node's engine, for faults. */
  servers: ReadonlyMap<SimNode, EngineServer>;
  /** What was asked of all of them. */
  tally: Tally;
  /** `null`: nothing listens but the engines. */
  ports: DemoPorts | null;
  /** What it is made of: another world made of it has the same past. */
  lived: LivedWorldOptions;
  /** Lets the swarm's clock catch up with the real one and gives it. */
  catchUp(): number;
  close(): Promise<void>;
}

/** A Docker swarm in this process: every engine's API at its own endpoint, and a life of its own. */
export async function createDemoSwarm(options: DemoOptions): Promise<DemoSwarm> {
  const {
    nodes = 5,
    services = null,
    replicas = null,
    seed = 7,
    churn = null,
    ports: hasPorts = false,
    agents = false,
    listen,
  } = options;
  const lived: LivedWorldOptions = {
    nodes,
    services,
    replicas,
    seed,
    churn,
    pastHours: options.pastHours ?? 0,
    ...(hasPorts ? { network: toLoopback() } : {}),
    untilMs: Date.now(),
  };
  const world = createLivedWorld(lived);

  const tally = createTally();
  const servers = new Map(
    world.nodes.map(
      (node) =>
        [
          node,
          createEngineServer(world, node, { address: toAddress(node, listen), tally, isAgent: agents }),
        ] as const,
    ),
  );
  world.onPower = (node) => {
    const server = servers.get(node);
    if (node.up) void server?.listen().catch(() => {});
    else void server?.cut();
  };
  const close = async () => {
    clock.close();
    await Promise.all([...servers.values()].map((server) => server.cut()));
  };
  const clock = driveTimeline(world.timeline);
  try {
    for (const [node, server] of servers) if (node.up || listen.kind === 'tcp') await server.listen();
  } catch (error) {
    await close();
    throw error;
  }
  for (const [node, server] of servers) if (!node.up) await server.cut();
  const ports = hasPorts ? createPorts(world) : null;
  world.seePort = ports?.see ?? null;
  if (ports && churn === null) breakSome(world, ports);
  const endpointOf = (node: SimNode) => servers.get(node)?.endpoint() ?? '';
  return {
    managers: world.nodes.filter(({ manager }) => manager).map(endpointOf),
    engines: world.nodes.map(endpointOf),
    world,
    servers,
    tally,
    ports,
    lived,
    catchUp() {
      world.timeline.runUntil(Date.now());
      return world.timeline.nowMs();
    },
    async close() {
      await ports?.close();
      await close();
    },
  };
}

/** Another one for each process: two swarms publish the same ports. */
function toLoopback(): string {
  return `127.${20 + (process.pid % 200)}`;
}

function toAddress(node: SimNode, listen: DemoListen): EngineAddress {
  if (listen.kind === 'unix') return { kind: 'unix', path: join(listen.folder, `${node.hostname}.sock`) };
  return { kind: 'tcp', host: listen.host, port: listen.basePort === 0 ? 0 : listen.basePort + node.index };
}

/** The least time between two looks: at ten thousand replicas something is due at every moment. */
const MIN_WAIT_MS = 2;

/** Lets the swarm's time pass with the real one: one timer for everything. */
function driveTimeline(timeline: Timeline): { close(): void } {
  let timer: NodeJS.Timeout | null = null;
  const plan = () => {
    const nextMs = timeline.nextMs();
    const waitMs = Math.min(50, Math.max(MIN_WAIT_MS, (nextMs ?? Number.POSITIVE_INFINITY) - Date.now()));
    timer = setTimeout(() => {
      timeline.runUntil(Date.now());
      plan();
    }, waitMs);
  };
  plan();
  return {
    close() {
      if (timer) clearTimeout(timer);
    },
  };
}
