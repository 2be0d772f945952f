import { performance } from 'node:perf_hooks';
import type { Asked } from '#lib/demo/api/create-tally.ts';
import type { DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { BEHAVIOURS } from '#lib/demo/ports/serve-connection.ts';
import type { SimContainer, SimNode, SimService } from '#lib/demo/world.ts';
import { canAgree } from './agree.ts';
import { toServiceName } from './change-service.ts';
import { endContainer } from './run-container.ts';
import { cutNode, freezeNode, restoreNode, thawNode } from './run-node.ts';
import { probeNow } from './run-probe.ts';
import { startUpdate } from './run-update.ts';

export interface CommandAnswer {
  /** Epoch ms, with fractions: when it took effect on the engine. */
  atMs: number;
  node: string;
  containerId?: string;
  taskId?: string;
  health?: string | null;
  failingStreak?: number | null;
  connections?: Record<string, number>;
  asked?: Record<string, Asked>;
}

type Input = Readonly<Record<string, unknown>>;

/**
 * One command of the control endpoint, carried out now.
 *
 * - `flip` `{service, slot, to: "ok" | "fail" | "own"}`: a probe ends like this at once, and so do all later ones
 * - `kill-task` `{service, slot, exitCode?}`: its process ends (137)
 * - `update` `{service, fails?: true}`: a rolling update begins; one that fails is rolled back
 * - `crash` `{service, on?: false}`: its containers end by themselves soon after they started
 * - `leak` `{service, slot, seconds?}`: its memory grows to its limit in this time (60)
 * - `node-down`, `node-up`, `freeze`, `thaw` `{node}`
 * - `port` `{port, node?, does}`: what a published port does on a node, or on all (`--ports`; BEHAVIOURS)
 * - `cut-ports` `{from, node, on?: false}`: agents on one node reach no port of the other, though others do (`--ports`)
 * - `connections`: how many came to each port of each node (`--ports`)
 * - `asked`: what was asked of all engines until now, and how much they sent, by kind of question
 * - `cut-body`, `garbage` `{node, count?}`: that engine's next answers are cut in half, or HTML (1)
 *
 * `node` is a hostname, an id or a number from 1 on; `slot` a number or, for a global service, a node.
 *
 * @throws TypeError with a sentence when something is not as it must be
 */
export function runCommand(swarm: DemoSwarm, command: string, input: Input): CommandAnswer {
  swarm.catchUp();
  switch (command) {
    case 'flip':
      return flip(swarm, input);
    case 'kill-task': {
      const container = findContainer(swarm, input);
      endContainer(swarm.world, container, readCount(input.exitCode, 137));
      return toAnswer(container);
    }
    case 'leak': {
      const container = findContainer(swarm, input);
      const lengthMs = 1_000 * readCount(input.seconds, 60);
      container.leak = { fromMs: swarm.world.timeline.nowMs(), lengthMs };
      return toAnswer(container);
    }
    case 'update':
      if (!canAgree(swarm.world))
        throw new TypeError('The swarm does not have a leader: nothing can be updated.');
      return onService(swarm, input, (service) => startUpdate(swarm.world, service, input.fails === true));
    case 'crash':
      return onService(swarm, input, (service) => {
        service.crashing = input.on !== false;
        const container = service.slots.get('1')?.[0]?.container;
        if (service.crashing && container?.state === 'running') endContainer(swarm.world, container, 1);
      });
    case 'node-down':
      return onNode(swarm, input, (node) => cutNode(swarm.world, node));
    case 'node-up':
      return onNode(swarm, input, (node) => restoreNode(swarm.world, node));
    case 'freeze':
      return onNode(swarm, input, (node) => freezeNode(swarm.world, node));
    case 'thaw':
      return onNode(swarm, input, (node) => {
        thawNode(swarm.world, node);
        swarm.servers.get(node)?.thaw();
      });
    case 'connections':
      return { atMs: preciseNowMs(), node: '', connections: swarm.ports?.connections() ?? {} };
    case 'asked':
      return { atMs: preciseNowMs(), node: '', asked: swarm.tally.read() };
    case 'port':
      return setPort(swarm, input);
    case 'cut-ports':
      return cutPorts(swarm, input);
    case 'cut-body':
    case 'garbage':
      return onNode(swarm, input, (node) => {
        const faults = swarm.servers.get(node)?.faults;
        if (faults) faults[command === 'garbage' ? 'garbage' : 'cutBodies'] = readCount(input.count, 1);
      });
    default:
      throw new TypeError(`There is no command "${command}".`);
  }
}

function setPort(swarm: DemoSwarm, { port, node, does }: Input): CommandAnswer {
  const behaviour = BEHAVIOURS.find((one) => one === does);
  if (!behaviour) throw new TypeError(`"does" must be one of ${BEHAVIOURS.join(', ')}.`);
  if (!swarm.ports) throw new TypeError('No port listens: start it with --ports.');
  const on = node === undefined ? null : findNode(swarm, node);
  swarm.ports.set(readCount(port, 0), on, behaviour);
  return { atMs: preciseNowMs(), node: on?.hostname ?? '' };
}

function cutPorts(swarm: DemoSwarm, { from, node, on }: Input): CommandAnswer {
  if (!swarm.ports) throw new TypeError('No port listens: start it with --ports.');
  const to = findNode(swarm, node);
  swarm.ports.cut(findNode(swarm, from), to, on !== false);
  return { atMs: preciseNowMs(), node: to.hostname };
}

function flip(swarm: DemoSwarm, input: Input): CommandAnswer {
  const { to } = input;
  if (to !== 'ok' && to !== 'fail' && to !== 'own') throw new TypeError('"to" must be ok, fail or own.');
  const container = findContainer(swarm, input);
  if (!container.health) throw new TypeError('It has no health check.');
  container.forced = to === 'own' ? null : to;
  if (to !== 'fail') container.failNext = 0;
  if (to !== 'own') probeNow(swarm.world, container);
  return toAnswer(container);
}

function toAnswer(container: SimContainer): CommandAnswer {
  const { id, node, task, health } = container;
  const state = { health: health?.status ?? null, failingStreak: health?.streak ?? null };
  return { atMs: preciseNowMs(), node: node.hostname, containerId: id, taskId: task.id, ...state };
}

function onNode(swarm: DemoSwarm, input: Input, act: (node: SimNode) => void): CommandAnswer {
  const node = findNode(swarm, input.node);
  act(node);
  return { atMs: preciseNowMs(), node: node.hostname };
}

const preciseNowMs = () => performance.timeOrigin + performance.now();

function findNode({ world }: DemoSwarm, name: unknown): SimNode {
  const wanted = String(name);
  const found = world.nodes.find(
    ({ id, hostname, index }) => id === wanted || hostname === wanted || String(index + 1) === wanted,
  );
  if (!found) throw new TypeError(`There is no node "${wanted}".`);
  return found;
}

function findService({ world }: DemoSwarm, name: unknown): SimService {
  const service = world.services.find((one) => toServiceName(one) === name || one.id === name);
  if (!service) throw new TypeError(`There is no service "${String(name)}".`);
  return service;
}

function onService(swarm: DemoSwarm, input: Input, act: (service: SimService) => void): CommandAnswer {
  act(findService(swarm, input.service));
  return { atMs: preciseNowMs(), node: '' };
}

function findContainer(swarm: DemoSwarm, { service: name, slot = 1 }: Input): SimContainer {
  const service = findService(swarm, name);
  const key = service.plan.mode.kind === 'global' ? findNode(swarm, slot).id : String(slot);
  const container = service.slots.get(key)?.[0]?.container;
  if (container?.state !== 'running') throw new TypeError(`No container runs in slot ${key}.`);
  return container;
}

function readCount(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new TypeError('A count must be a whole number.');
}
