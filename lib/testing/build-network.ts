import type { DockerNetwork } from '#lib/model/docker/network.ts';

/** An overlay of the swarm, called as its id, without subnets. */
export function buildNetwork(overrides: Partial<DockerNetwork> = {}): DockerNetwork {
  return {
    id: 'network-1',
    name: overrides.id ?? 'network-1',
    driver: 'overlay',
    scope: 'swarm',
    ingress: false,
    encrypted: false,
    internal: false,
    attachable: false,
    stack: null,
    subnets: [],
    ...overrides,
  };
}
