import { mayConnect } from '#lib/checks/may-connect.ts';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import { AnswerError, readEngineError, readWhole } from './answer-request.ts';
import type { PortPlace } from './connect-port.ts';
import type { EngineLink } from './create-engine-link.ts';
import { isRaw } from './project.ts';

/** What this node's own engine knows of the routing mesh: the nodes in it, and the ports that it leads on. */
export interface Mesh {
  has(place: PortPlace): boolean;
}

/** `Target: 80, Publish: 30080` (moby `libnetwork/agent.go`, `Services`), of whichever protocol. */
const PUBLISHED = /^Target: \d{1,5}, Publish: (\d{1,5})$/;
const ID = /^[a-z0-9]{20,64}$/;

/**
 * Each engine of a swarm has the ingress network, a worker's too: who is in it (`Peers`) and which ports its services publish
 * (`Services`) it hears from the others by gossip (moby `daemon/network.go`, `buildServiceAttachments`; seen on workers with
 * 20.10, 28.5 and 29.1, where the list has `Peers` and `Ingress`, too). The managers are not asked, and no server is. Paths have
 * no version: what one asks for in a version that the engine does not speak would be kept for all who ask.
 *
 * @throws AnswerError where the engine tells of none
 */
export async function readMesh(link: EngineLink, signal: AbortSignal): Promise<Mesh> {
  const listed = await ask(link, '/networks', { filters: '{"scope":["swarm"]}' }, 'networks', signal);
  const ingress = Array.isArray(listed) ? listed.find((one) => isRaw(one) && one.Ingress === true) : null;
  const id = isRaw(ingress) ? ingress.Id : null;
  if (typeof id !== 'string' || !ID.test(id))
    throw new AnswerError('The engine of this node knows of no routing mesh.');
  return toMesh(await ask(link, `/networks/${id}`, { verbose: 'true' }, 'mesh', signal));
}

async function ask(
  link: EngineLink,
  path: string,
  query: Record<string, string>,
  kind: 'networks' | 'mesh',
  signal: AbortSignal,
): Promise<unknown> {
  const response = await link.get('call', path, query, signal);
  if (response.statusCode !== 200) throw new AnswerError(await readEngineError(response));
  return readWhole(kind, response, (body) => parseJson(body, findAnswerLimits(kind)));
}

/** Of an ingress network as an engine tells of it. Whatever is not of its form is left out. */
export function toMesh(raw: unknown): Mesh {
  const network = isRaw(raw) ? raw : {};
  const addresses = new Set<string>();
  for (const peer of Array.isArray(network.Peers) ? network.Peers : []) {
    const address = isRaw(peer) && typeof peer.IP === 'string' ? peer.IP : null;
    if (mayConnect(address, false)) addresses.add(address);
  }
  const ports = new Set<number>();
  for (const service of Object.values(isRaw(network.Services) ? network.Services : {}))
    for (const text of isRaw(service) && Array.isArray(service.Ports) ? service.Ports : []) {
      const port = Number(typeof text === 'string' ? PUBLISHED.exec(text)?.[1] : 0);
      if (port > 0 && port <= MAX_PORT) ports.add(port);
    }
  return { has: ({ address, port }) => addresses.has(address) && ports.has(port) };
}

const MAX_PORT = 65_535;
