import { toServiceName } from '#lib/demo/life/change-service.ts';
import type { SimNode, SimService, SimTask, World } from '#lib/demo/world.ts';
import { ApiError } from './api-error.ts';
import { type Filters, parseFilters } from './parse-filters.ts';
import { toNodeJson } from './to-node-json.ts';
import { toServiceJson } from './to-service-json.ts';
import { toTaskJson } from './to-task-json.ts';

const TASK_FILTERS = ['name', 'id', 'label', 'service', 'node', 'desired-state', 'runtime', '_up-to-date'];

/** `GET /nodes`. */
export function listNodes(world: World, query: URLSearchParams): string {
  const filters = parseFilters(query.get('filters'), [
    'id',
    'label',
    'membership',
    'name',
    'role',
    'node.label',
  ]);
  const found = world.nodes.filter(
    (node) =>
      passes(filters, 'id', (value) => node.id.startsWith(value)) &&
      passes(filters, 'name', (value) => node.hostname.startsWith(value)) &&
      passes(filters, 'role', (value) => (node.manager ? 'manager' : 'worker') === value),
  );
  return JSON.stringify(found.map((node) => toNodeJson(node, world.timeline.nowMs())));
}

/** `GET /services`. Ids and names match by their beginnings. */
export function listServices(world: World, query: URLSearchParams): string {
  const filters = parseFilters(query.get('filters'), ['id', 'label', 'name', 'mode', 'runtime']);
  const counted = ['1', 'true'].includes(query.get('status') ?? '');
  const found = world.services.filter(
    (service) =>
      passes(filters, 'id', (value) => service.id.startsWith(value)) &&
      passes(filters, 'name', (value) => toServiceName(service).startsWith(value)) &&
      passes(filters, 'mode', (value) => service.plan.mode.kind === value) &&
      passes(filters, 'label', (value) => value === `com.docker.stack.namespace=${service.plan.stack}`),
  );
  return JSON.stringify(found.map((service) => toServiceJson(world, service, counted)));
}

/** `GET /tasks`. Services and nodes that are filtered for must exist: 404 otherwise, as Docker does. */
export function listTasks(world: World, query: URLSearchParams): string {
  const filters = parseFilters(query.get('filters'), TASK_FILTERS);
  const services = filters.get('service')?.map((value) => findService(world, value));
  const nodes = filters.get('node')?.map((value) => findNode(world, value));
  const tasks = services
    ? [...new Set(services)].flatMap(({ slots }) => [...slots.values()].flat())
    : [...world.tasks.values()];
  const found = tasks.filter(
    (task: SimTask) =>
      (!nodes || (task.node !== null && nodes.includes(task.node))) &&
      passes(filters, 'id', (value) => task.id.startsWith(value)) &&
      passes(filters, 'desired-state', (value) => task.desired === value) &&
      passes(filters, 'name', (value) =>
        `${toServiceName(task.service)}.${task.slot ?? task.node?.id}.${task.id}`.startsWith(value),
      ),
  );
  return `[${found.map((task) => toTaskJson(world, task)).join(',')}]`;
}

function passes(filters: Filters, key: string, is: (value: string) => boolean): boolean {
  return filters.get(key)?.some(is) ?? true;
}

function findService(world: World, value: string): SimService {
  const found = world.services.find((service) => service.id === value || toServiceName(service) === value);
  if (!found) throw new ApiError(404, `service ${value} not found`);
  return found;
}

function findNode(world: World, value: string): SimNode {
  const found = world.nodes.find(({ id, hostname }) => id === value || hostname === value);
  if (!found) throw new ApiError(404, `node ${value} not found`);
  return found;
}
