import { formatLimit } from '#lib/engine/docker/transport/answer-limits.ts';
import type { ByteBudget, ByteBudgets } from '#lib/engine/docker/transport/create-byte-budget.ts';
import { EngineError } from '#lib/engine/port.ts';
import type { Container } from '#lib/model/docker/container.ts';
import type { DockerNetwork } from '#lib/model/docker/network.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service } from '#lib/model/docker/service.ts';
import type { Task } from '#lib/model/docker/task.ts';
import { createLedger, type KeptItem, type Ledger } from './create-ledger.ts';

/**
 * Holds what one engine told, and is kept, to its share of the memory. Each method says what is kept from now on.
 *
 * @throws EngineError `excess` when that is too much: nothing of the engine is kept then
 */
export interface KeptLimit {
  container(id: string, container: Container | null): void;
  /** A whole list of its containers: others are gone, and of each something is kept before it is read. */
  containersListed(ids: readonly string[]): void;
  /** `serviceIds`: of these services alone; `null`: of all. */
  tasks(serviceIds: readonly string[] | null, tasks: readonly Task[]): void;
  services(serviceIds: readonly string[] | null, services: readonly Service[]): void;
  nodes(nodes: readonly SwarmNode[]): void;
  networks(networks: readonly DockerNetwork[]): void;
  close(): void;
}

/** What is known of a container that was only listed, with all that finds it again. */
const UNREAD_BYTES = 1_500;

/** Errors of Docker's are some hundred letters. */
const USUAL_CHARS = 300;
/** What a longer one is found in at a time: sentences, the picture, what viewers are sent, and what the history is. */
const LONG_TEXTS = 8;

function weighLong({ error, message }: Task): number {
  return LONG_TEXTS * Math.max(0, (error?.length ?? 0) + message.length - USUAL_CHARS);
}

/** What to do about a swarm that is too large. */
const HOW = 'If the swarm is that large, give the server more memory (resources.limits.memory in stack.yml)';

/** `onExcess`: called, too, when the room is taken for all engines together and this one holds the most. */
export function createKeptLimit(
  display: string,
  budgets: Pick<ByteBudgets, 'kept' | 'keptOfEngineBytes' | 'keptOfSwarmBytes' | 'maxReplicas'>,
  onExcess: (error: EngineError) => void,
): KeptLimit {
  const containers = createLedger(weigh);
  const tasks = createLedger((task) => weigh(task) + weighLong(task as Task));
  const services = createLedger(weigh);
  const nodes = createLedger(weigh);
  const networks = createLedger(weigh);
  /** Tasks that are to run: of each a replica is made, which takes ten times as much as the task itself. */
  const running = createLedger((task) => ((task as Task).desiredState === 'running' ? 1 : 0));
  let place = openPlace(budgets.kept);
  /** Containers of the last list. */
  let listed = 0;
  let heldBytes = 0;

  function openPlace(kept: ByteBudget) {
    return kept.open(budgets.keptOfEngineBytes, () => {
      forgetContainers();
      onExcess(
        new EngineError(
          'excess',
          `What all engines tell of their containers is more than ${formatLimit(kept.maxBytes)}, and ${display} tells the most: it is not read now.`,
        ),
      );
    });
  }

  function forgetContainers(): void {
    containers.setAll([]);
    listed = 0;
    heldBytes = 0;
    place.close();
    place = openPlace(budgets.kept);
  }

  function checkContainers(): void {
    const bytes = containers.total() + Math.max(0, listed - containers.count()) * UNREAD_BYTES;
    if (bytes > budgets.keptOfEngineBytes) {
      forgetContainers();
      throw new EngineError(
        'excess',
        `What ${display} tells of its containers is more than ${formatLimit(budgets.keptOfEngineBytes)}: no engine of Docker has so much to tell.`,
      );
    }
    const grownBytes = bytes - heldBytes;
    heldBytes = bytes;
    place.grow(grownBytes);
  }

  function checkSwarm(): void {
    const bytes = tasks.total() + services.total() + nodes.total() + networks.total();
    const isHeavy = bytes > budgets.keptOfSwarmBytes;
    if (!isHeavy && running.total() <= budgets.maxReplicas) return;
    for (const ledger of [tasks, services, nodes, networks, running]) ledger.setAll([]);
    const what = isHeavy
      ? `The nodes, services, networks and tasks that ${display} lists take more than the ${formatLimit(budgets.keptOfSwarmBytes)} that this server has for them.`
      : `${display} lists more than ${budgets.maxReplicas} running tasks, and this server has not the memory for more.`;
    throw new EngineError('excess', `${what} ${HOW}.`);
  }

  function keep(ledger: Ledger, keys: readonly string[] | null, items: readonly KeptItem[]): void {
    if (keys === null) ledger.setAll(items);
    else ledger.set(keys, items);
  }

  return {
    container(id, container) {
      containers.set([id], container === null ? [] : [{ key: id, item: container }]);
      checkContainers();
    },
    containersListed(ids) {
      containers.retain(new Set(ids));
      listed = ids.length;
      checkContainers();
    },
    tasks(serviceIds, listed) {
      const items = listed.map((task) => ({ key: task.serviceId, item: task }));
      for (const ledger of [tasks, running]) keep(ledger, serviceIds, items);
      checkSwarm();
    },
    services(serviceIds, listed) {
      keep(
        services,
        serviceIds,
        listed.map((service) => ({ key: service.id, item: service })),
      );
      checkSwarm();
    },
    nodes(listed) {
      nodes.setAll(listed.map((node) => ({ key: node.id, item: node })));
      checkSwarm();
    },
    networks(listed) {
      networks.setAll(listed.map((network) => ({ key: network.id, item: network })));
      checkSwarm();
    },
    close: () => place.close(),
  };
}

/** What V8 takes for an object, a list or a text, and for a member of one, about. */
const VALUE_BYTES = 32;
const MEMBER_BYTES = 8;
/** One letter beyond Latin 1 makes a text take two bytes for each. */
const WIDE = /[^\0-\xff]/;

/**
 * What a decoded value takes of memory while it is kept, in bytes, about: of plain objects, lists and texts. Texts that
 * are shared with others are counted each time.
 */
export function weigh(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + value.length * (WIDE.test(value) ? 2 : 1);
  if (typeof value !== 'object' || value === null) return 0;
  let bytes = VALUE_BYTES;
  for (const member of Object.values(value)) bytes += MEMBER_BYTES + weigh(member);
  return bytes;
}
