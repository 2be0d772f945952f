import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { listPorts, type PortPlan } from '#lib/demo/service-plan.ts';
import type { SimNode, SimService, World } from '#lib/demo/world.ts';
import { makeCertificate } from './make-certificate.ts';
import { type Behaviour, serveConnection } from './serve-connection.ts';

/** The ports of a demo swarm, which really listen on the addresses of its nodes. */
export interface DemoPorts {
  /** What a port does from now on; on one node, or on all of them (`null`). */
  set(port: number, node: SimNode | null, behaviour: Behaviour): void;
  /** From now on nothing of one node is reached from another, though it is from elsewhere; or it is again. */
  cut(from: SimNode, node: SimNode, isCut: boolean): void;
  /** What a connection from a node would get there. */
  see(from: SimNode, address: string, port: number): string;
  /** The connections that came so far, to each port of each node. */
  connections(): Record<string, number>;
  close(): Promise<void>;
}

/** How soon a port follows what became of its replicas. */
const LOOK_MS = 200;
/** What Swarm itself listens at. */
const SWARM_PORTS = { managers: 2377, gossip: 7946 };

interface Listener {
  server: Server;
  sockets: Set<Socket>;
}

/**
 * Listens as Docker would: a port of the routing mesh on every node that is up while a replica takes traffic, a host-mode
 * port where a replica runs.
 */
export function createPorts(world: World): DemoPorts {
  const listeners = new Map<string, Listener>();
  const behaviours = new Map<string, Behaviour>();
  const counts = new Map<string, number>();
  const cuts = new Set<string>();
  const certificate = makeCertificate();

  const behaviourOf = (node: SimNode, port: number) =>
    behaviours.get(`${node.index} ${port}`) ?? behaviours.get(`* ${port}`) ?? 'serve';

  function look(): void {
    const wanted = new Set<string>();
    for (const node of world.nodes) {
      if (!node.up) continue;
      for (const port of node.manager ? Object.values(SWARM_PORTS) : [SWARM_PORTS.gossip])
        want(node, port, null, () => 1, wanted);
    }
    for (const service of world.services)
      for (const plan of listPorts(service.plan)) {
        if (plan.protocol !== 'tcp') continue;
        for (const node of world.nodes) {
          const count = () => countBehind(service, plan.mode === 'host' ? node : null);
          if (node.up && count() > 0) want(node, plan.published, plan, count, wanted);
        }
      }
    for (const key of listeners.keys()) if (!wanted.has(key)) end(key);
  }

  function want(
    node: SimNode,
    port: number,
    plan: PortPlan | null,
    replicas: () => number,
    wanted: Set<string>,
  ): void {
    const key = `${node.index} ${port}`;
    if (behaviourOf(node, port) === 'closed') return;
    wanted.add(key);
    if (listeners.has(key)) return;
    const sockets = new Set<Socket>();
    const onConnection = (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const nth = counts.get(`${node.hostname}:${port}`) ?? 0;
      counts.set(`${node.hostname}:${port}`, nth + 1);
      serveConnection(socket, behaviourOf(node, port), { nth, replicas: replicas() });
    };
    const server = plan?.tls
      ? createTlsServer(certificate, onConnection)
      : createServer({ allowHalfOpen: true }, onConnection);
    // Somebody else has it: then it is closed.
    server.on('error', () => {});
    server.on('tlsClientError', () => {});
    server.listen(port, node.address);
    listeners.set(key, { server, sockets });
  }

  function end(key: string): void {
    const listener = listeners.get(key);
    listeners.delete(key);
    listener?.server.close();
    for (const socket of listener?.sockets ?? []) socket.destroy();
  }

  const timer = setInterval(look, LOOK_MS);
  look();
  return {
    set(port, node, behaviour) {
      behaviours.set(node === null ? `* ${port}` : `${node.index} ${port}`, behaviour);
      look();
    },
    cut(from, node, isCut) {
      const pair = `${from.index} ${node.index}`;
      if (isCut) cuts.add(pair);
      else cuts.delete(pair);
    },
    see(from, address, port) {
      const node = world.nodes.find((one) => one.address === address);
      if (node === undefined || !isPublished(world, port)) return 'unlisted';
      if (!node.up || cuts.has(`${from.index} ${node.index}`)) return 'timed-out';
      if (!listeners.has(`${node.index} ${port}`)) return 'refused';
      return behaviourOf(node, port) === 'held' ? 'silent' : 'answers';
    },
    connections: () => Object.fromEntries(counts),
    async close() {
      clearInterval(timer);
      for (const key of [...listeners.keys()]) end(key);
    },
  };
}

/** By the routing mesh: of a host-mode port no other engine knows. */
function isPublished(world: World, port: number): boolean {
  return world.services.some(({ plan }) =>
    listPorts(plan).some(({ published, mode }) => published === port && mode === 'ingress'),
  );
}

/** Replicas that take traffic: those that run and are healthy, or have no check. */
function countBehind(service: SimService, node: SimNode | null): number {
  let count = 0;
  for (const [task] of service.slots.values()) {
    const container = task?.container;
    if (container?.state !== 'running' || task?.desired !== 'running' || !container.node.up) continue;
    if (node !== null ? container.node === node : (container.health?.status ?? 'healthy') === 'healthy')
      count += 1;
  }
  return count;
}

/** What is wrong for good in the default swarm, so that each way to fail shows. */
export function breakSome(world: World, ports: DemoPorts): void {
  const at = (index: number) => world.nodes[index] ?? null;
  const published = world.services.flatMap(({ plan }) => listPorts(plan));
  for (const { published: port, mode } of published) if (mode === 'ingress') ports.set(port, at(2), 'closed');
  ports.set(9_000, at(1), 'one-dead');
  ports.set(8_501, at(3), 'silent');
  const [from, to] = [at(4), at(0)];
  if (from !== null && to !== null) ports.cut(from, to, true);
}
