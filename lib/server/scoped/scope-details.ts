import { toReplicaApart, toServiceApart } from '#lib/live/scoped/select-picture.ts';
import { withoutOutputs } from '#lib/live/scoped/without-outputs.ts';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type { NodeDetail } from '#lib/model/contract/node-detail.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findSwarmRole, seesOutputs } from '#lib/model/contract/scope.ts';
import { deriveNodeSituation } from '#lib/model/derive/derive-node-situation.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import type { ScopedParts } from './scope-history.ts';

type Details = Pick<Vitals, 'serviceDetail' | 'replicaDetail' | 'nodeDetail' | 'nodeLabels'>;

/** @param picture as it may be seen */
export function scopeDetails(
  whole: Details,
  { scope, roleOf, picture }: ScopedParts & { picture(): SwarmPicture },
): Details {
  const swarmRole = findSwarmRole(scope);

  return {
    async serviceDetail(name) {
      const role = roleOf(name);
      const detail = role === null ? null : await whole.serviceDetail(name);
      if (detail === null) return null;
      const own = swarmRole === null ? toDetailApart(detail) : detail;
      return seesOutputs(role) ? own : withoutOutputs(own);
    },
    async replicaDetail(name, key) {
      const role = roleOf(name);
      const detail = role === null ? null : await whole.replicaDetail(name, key);
      if (detail === null) return null;
      const own: ReplicaDetail =
        swarmRole === null
          ? {
              ...detail,
              through: null,
              service: toServiceApart(detail.service),
              replica: toReplicaApart(detail.replica),
            }
          : detail;
      return seesOutputs(role) ? own : withoutOutputs(own);
    },
    // What a node is called by whoever set the swarm up is theirs who may see it as a whole, as on its page.
    nodeLabels: async () => (swarmRole === null ? {} : whole.nodeLabels()),
    async nodeDetail(nodeId) {
      if (swarmRole === null) return toNodeDetailApart(picture(), nodeId);
      const detail = await whole.nodeDetail(nodeId);
      if (detail === null || seesOutputs(swarmRole)) return detail;
      return withoutOutputs(detail);
    },
  };
}

/** Ports are answered by every node, and networks are shared with services of other stacks. */
function toDetailApart(detail: ServiceDetail): ServiceDetail {
  const networks = detail.networks.map((network) => ({
    ...network,
    addresses: { size: null, left: null, tasks: 0, vips: 0, nodes: 0, services: 0 },
  }));
  const replicas = detail.replicas.map(toReplicaApart);
  return { ...toServiceApart(detail), replicas, networks, traffic: null };
}

/** The name of a node, what is wrong with it, and what of these stacks is on it. */
function toNodeDetailApart(picture: SwarmPicture, nodeId: string): NodeDetail | null {
  const node = picture.nodes.find(({ id }) => id === nodeId);
  if (node === undefined) return null;
  return {
    ...deriveNodeSituation(picture, node),
    platform: { os: null, architecture: null },
    resources: { cpuNano: null, memoryBytes: null, generic: [] },
    reserved: null,
    labels: {},
    engineLabels: [],
    plugins: null,
    joinedAtMs: null,
    raftAddress: null,
    plainState: 'off',
    plainError: null,
    containers: [],
    moreContainers: 0,
  };
}
