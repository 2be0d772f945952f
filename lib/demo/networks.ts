import { createRandom, type Random } from './create-random.ts';
import { listPorts, type ServicePlan } from './service-plan.ts';
import type { SimNetwork, SimService, World } from './world.ts';

/** Of 10.0.0.0/8, in turn: each network has so much room that the next begins behind it. */
const STEP = 4_096;
const FIRST = 10 * 2 ** 24;

/** The routing mesh's own network, and one for each stack; a stack's prefix says how many addresses it has. */
export function createNetworks(plans: readonly ServicePlan[], nodes: number, seed: number): SimNetwork[] {
  const random = createRandom(seed + 1);
  const isSized = plans.length > 40 || nodes > 20;
  const stacks = [...new Set(plans.map(({ stack }) => stack))];
  const create = (index: number, over: Pick<SimNetwork, 'name' | 'stack' | 'prefix'>): SimNetwork => ({
    ...over,
    id: random.swarmId(),
    ingress: over.name === 'ingress',
    encrypted: over.stack === 'data',
    internal: over.stack === 'data',
    attachable: over.stack === 'platform',
    first: FIRST + index * STEP * (isSized ? 4 : 1),
    nodes,
    taken: new Set(),
    waiting: [],
  });
  return [
    create(0, { name: 'ingress', stack: null, prefix: isSized ? 18 : 24 }),
    ...stacks.map((stack, index) =>
      create(index + 1, {
        name: stack === null ? 'backend' : `${stack}_default`,
        stack,
        prefix: isSized ? 18 : stack === 'ml' ? 27 : 24,
      }),
    ),
  ];
}

export function findIngress({ networks }: Pick<World, 'networks'>): SimNetwork | null {
  return networks.find(({ ingress }) => ingress) ?? null;
}

/** The network of a service's stack. */
export function findNetwork(
  { networks }: Pick<World, 'networks'>,
  { plan }: Pick<SimService, 'plan'>,
): SimNetwork {
  const found = networks.find(({ stack, ingress }) => !ingress && stack === plan.stack);
  if (!found) throw new RangeError(`The stack ${plan.stack} has no network.`);
  return found;
}

/** A free address; `null` where none is. Its gateway and its nodes' own are taken. */
export function takeAddress(network: SimNetwork, random: Pick<Random, 'index'>): string | null {
  const reserved = 2 + network.nodes;
  const size = 2 ** (32 - network.prefix) - reserved - 1;
  const from = random.index(200) * 250 + random.index(250);
  for (let step = 0; step < size; step += 1) {
    const number = network.first + reserved + ((from + step) % size);
    if (network.taken.has(number)) continue;
    network.taken.add(number);
    return toText(number);
  }
  return null;
}

/** Without a draw of the world's own: what a seed makes does not depend on who publishes a port. */
export function takeIngressAddress(world: World, { plan }: SimService): string | null {
  const ingress = listPorts(plan).some(({ mode }) => mode === 'ingress') ? findIngress(world) : null;
  return ingress && takeAddress(ingress, { index: () => 0 });
}

export function giveBack(network: SimNetwork, address: string): void {
  network.taken.delete(toNumber(address));
}

export function toSubnet({ first, prefix }: SimNetwork): { Subnet: string; Gateway: string } {
  return { Subnet: `${toText(first)}/${prefix}`, Gateway: toText(first + 1) };
}

const toText = (number: number) =>
  [24, 16, 8, 0].map((bits) => Math.floor(number / 2 ** bits) % 256).join('.');

const toNumber = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
