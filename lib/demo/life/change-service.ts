import type { SimService, World } from '#lib/demo/world.ts';

/** A service changed: gives it its new version, and says so on every manager. */
export function changeService(
  world: World,
  service: SimService,
  attributes: Readonly<Record<string, string>> = {},
): void {
  world.version += 1;
  service.version = world.version;
  service.updatedAtMs = world.timeline.nowMs();
  emitSwarm(world, 'service', service.id, { name: toServiceName(service), ...attributes });
}

/** Swarm events are emitted by managers alone. */
export function emitSwarm(
  world: World,
  type: 'node' | 'service',
  actorId: string,
  attributes: Readonly<Record<string, string>>,
): void {
  for (const node of world.nodes) {
    if (!node.manager || !node.up) continue;
    node.events.emit(world.timeline.nowMs(), { type, action: 'update', actorId, attributes });
  }
}

export function toServiceName({ plan }: Pick<SimService, 'plan'>): string {
  return plan.stack === null ? plan.name : `${plan.stack}_${plan.name}`;
}
