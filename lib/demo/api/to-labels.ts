import { toServiceName } from '#lib/demo/life/change-service.ts';
import type { SimContainer, SimTask } from '#lib/demo/world.ts';

/** `shop_api.3.<task id>`; a global service's with its node's id in the middle. */
export function toTaskName(task: SimTask): string {
  return `${toServiceName(task.service)}.${task.key}.${task.id}`;
}

/** The labels that Swarm puts on its containers. */
export function toLabels({ task, node }: SimContainer): Record<string, string> {
  const { plan } = task.service;
  return {
    ...(plan.stack === null ? {} : { 'com.docker.stack.namespace': plan.stack }),
    'com.docker.swarm.node.id': node.id,
    'com.docker.swarm.service.id': task.service.id,
    'com.docker.swarm.service.name': toServiceName(task.service),
    'com.docker.swarm.task': '',
    'com.docker.swarm.task.id': task.id,
    'com.docker.swarm.task.name': toTaskName(task),
  };
}

export const toImageName = (task: SimTask) => `${task.service.plan.image}:${task.tag}`;
