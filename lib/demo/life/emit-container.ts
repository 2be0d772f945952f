import type { SimContainer, SimEventDraft, World } from '#lib/demo/world.ts';

/** Says on a container's engine what happened to it. */
export function emitContainer(
  world: World,
  container: SimContainer,
  action: string,
  extra: Pick<SimEventDraft, 'attributes' | 'exec'> = {},
): void {
  const draft = { type: 'container', action, actorId: container.id, container, ...extra } as const;
  container.node.events.emit(world.timeline.nowMs(), draft);
}
