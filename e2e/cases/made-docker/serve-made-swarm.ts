import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { readMessage, toProjected } from '#lib/agent/answer-request.ts';
import { createEventFilter } from '#lib/agent/create-event-filter.ts';
import { project } from '#lib/agent/project.ts';
import { SUMMARY } from '#lib/agent/shapes.ts';
import type { MadeNode, MadeSwarm } from './create-made-swarm.ts';
import type { Json } from './patch.ts';

/** A made-up swarm's engines, each at an endpoint of its own. */
export interface ServedSwarm {
  /** Endpoints of the managers. */
  managers: string[];
  /** Of every node that settings lead to, in their order. */
  engines: string[];
  /**
   * From now on all answer as another swarm does, whose nodes are found by their ids; who is not in it answers no more. All
   * connections end, as they do where a network fails for a moment.
   */
  become(other: MadeSwarm): void;
  close(): Promise<void>;
}

/** How an engine is asked: directly, or through an agent, which leaves out what nobody may see. */
type Way = 'direct' | 'agent';

/** @param byAgents what engines say of their containers comes as an agent sends it on; what managers say comes directly */
export async function serveMadeSwarm(
  swarm: MadeSwarm,
  { byAgents = false }: { byAgents?: boolean } = {},
): Promise<ServedSwarm> {
  let current = swarm;
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const listen = async (node: MadeNode, way: Way): Promise<string> => {
    const server = createServer((request, response) => {
      const now = current === swarm ? node : current.nodes.find(({ id }) => id === node.id);
      if (now === undefined) response.destroy();
      else answer({ swarm: current, node: now, way }, request, response);
    });
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const direct = await Promise.all(swarm.nodes.map((node) => listen(node, 'direct')));
  const served = swarm.nodes.filter(({ isServed }) => isServed);
  const engines = byAgents
    ? await Promise.all(served.map((node) => listen(node, 'agent')))
    : direct.filter((_, index) => swarm.nodes[index]?.isServed);
  const isManager = (node: MadeNode) => (node.info.Swarm as Json | undefined)?.ControlAvailable === true;
  return {
    managers: direct.filter((_, index) => isManager(swarm.nodes[index] as MadeNode)),
    engines,
    become(other) {
      current = other;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

interface Asked {
  swarm: MadeSwarm;
  node: MadeNode;
  way: Way;
}

function answer({ swarm, node, way }: Asked, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://engine');
  const path = url.pathname.replace(/^\/v1\.\d+/, '');
  const reply = node.replies.get(path);
  if (reply === 'hang') return;
  const now = new Date(Date.now() + node.aheadMs);
  response.setHeader('Date', now.toUTCString());
  response.setHeader('Api-Version', String(node.version.ApiVersion));
  if (typeof reply === 'object') {
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body);
    send(response, reply.status, way === 'direct' ? reply.body : { message: readMessage(text) });
  } else if (path === '/events') stream(node, way, response);
  else if (path === '/_ping') response.end('OK');
  else {
    const found = find(swarm, node, path, url.searchParams);
    if (found === null) send(response, 404, { message: `No such thing: ${path}` });
    else if (found === 'no manager') send(response, 503, { message: NO_MANAGER });
    else {
      const said = reply === undefined ? found : reply(found);
      send(response, 200, way === 'direct' ? said : toAgentAnswer(path, said));
    }
  }
}

/** What an agent sends on of this answer. */
function toAgentAnswer(path: string, said: unknown): unknown {
  // What is undefined is not sent, by an engine as little.
  const raw: unknown = JSON.parse(JSON.stringify(said));
  if (path === '/containers/json') return Array.isArray(raw) ? raw.map((one) => project(one, SUMMARY)) : raw;
  if (path === '/version' || path === '/info')
    return toProjected(path === '/info' ? 'info' : 'version', raw, false);
  return toProjected('container', raw, false);
}

const NO_MANAGER =
  "This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
}

function stream(node: MadeNode, way: Way, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.flushHeaders();
  const filter = way === 'agent' ? createEventFilter() : null;
  const listen = (event: Json) => {
    const sent = filter === null ? event : filter(event);
    if (sent !== null) response.write(`${JSON.stringify(sent)}\n`);
  };
  node.listeners.add(listen);
  response.on('close', () => node.listeners.delete(listen));
}

const OF_CONTAINER = /^\/containers\/(\w+)\/json$/;
const OF_MANAGERS = ['/nodes', '/services', '/tasks'];

function find(
  swarm: MadeSwarm,
  node: MadeNode,
  path: string,
  query: URLSearchParams,
): Json | Json[] | 'no manager' | null {
  const filters = JSON.parse(query.get('filters') ?? '{}') as Record<string, string[]>;
  const isManager = (node.info.Swarm as Json | undefined)?.ControlAvailable === true;
  if (OF_MANAGERS.includes(path) && !isManager) return 'no manager';
  switch (path) {
    case '/version':
      return node.version;
    case '/info':
      return { SystemTime: new Date(Date.now() + node.aheadMs).toISOString(), ...node.info };
    case '/nodes':
      return swarm.nodes.map((one) => one.node);
    case '/networks':
      return swarm.networks;
    case '/services':
      return swarm.services
        .map(({ service }) => service)
        .filter(({ ID }) => filters.id?.some((id) => String(ID).startsWith(id)) ?? true);
    case '/tasks':
      return swarm.services
        .filter(({ id }) => filters.service?.includes(id) ?? true)
        .flatMap(({ tasks }) => tasks.map(({ task }) => task));
    case '/containers/json':
      return [...node.containers.values()].map(({ listed }) => listed());
    default: {
      const id = OF_CONTAINER.exec(path)?.[1];
      return (id === undefined ? undefined : node.containers.get(id)?.inspect()) ?? null;
    }
  }
}
