import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/**
 * A picture without what two of them may differ in (see `diffPicture`): the last probe that passed, and when an engine
 * last answered.
 */
export function toShown(picture: SwarmPicture): unknown {
  return {
    ...picture,
    atMs: 0,
    nodes: picture.nodes.map((node) => ({ ...node, engine: { ...node.engine, lastReadMs: null } })),
    services: picture.services.map((service) => ({
      ...service,
      replicas: service.replicas.map((replica) =>
        replica.health === null || replica.health.failingStreak > 0
          ? replica
          : { ...replica, health: { ...replica.health, lastProbe: null } },
      ),
    })),
  };
}
