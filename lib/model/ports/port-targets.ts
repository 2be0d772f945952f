import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import { findAsk, type PortTarget, SWARM_PORTS } from '#lib/model/docker/port-check.ts';
import { isJob, type Service } from '#lib/model/docker/service.ts';

/** Behind more replicas than this each round meets some of them, and the next round others. */
const MAX_CONNECTIONS = 8;

/** Ports times nodes of one service: of more the rest is not asked. */
const MAX_TARGETS = 5_000;

/** A node as the managers list it; the picture's is enough for most. */
export interface CheckedNode extends Pick<SwarmNode, 'id' | 'listedAddress' | 'status' | 'os'> {
  /** Its engine answered, and does not any more: the whole host may be gone, and what its ports should do is not known. */
  isSilent: boolean;
  /** Where its managers' port is; `null`: it is no manager. */
  managerPort: number | null;
}

/** `docker swarm init --listen-addr` takes another port than 2377, and managers list it. */
export function toManagerPort({ role, manager }: Pick<SwarmNode, 'role' | 'manager'>): number | null {
  if (role !== 'manager') return null;
  const listed = Number(/:(\d{1,5})$/.exec(manager?.address ?? '')?.[1]);
  return listed > 0 && listed <= MAX_PORT ? listed : SWARM_PORTS.managers;
}

const MAX_PORT = 65_535;

/**
 * The ports of a service, on each node that should answer: a port of the routing mesh on every node that is ready, be it
 * drained or without a replica (docs.docker.com, "Use swarm mode routing mesh"), a host-mode port on those that run a
 * replica. UDP and SCTP say nothing to a connection, and a job comes and goes.
 */
export function listPortTargets(
  service: Service,
  { replicas }: Pick<ServicePicture, 'replicas'>,
  nodes: readonly CheckedNode[],
): PortTarget[] {
  if (isJob(service)) return [];
  const seen = new Set<number>();
  const targets: PortTarget[] = [];
  const behindAll = toBehind(replicas);
  const behindOnNode = createBehindOnNode(replicas);
  for (const { mode, published, protocol } of service.ports) {
    if (protocol !== 'tcp' || published === null || seen.has(published)) continue;
    const ask = findAsk(service.checks, published);
    if (ask.kind === 'off') continue;
    seen.add(published);
    for (const { id: nodeId, listedAddress: address, status, os, isSilent } of nodes) {
      if (status !== 'ready' || os === 'windows') continue;
      const behind = mode === 'ingress' ? behindAll : behindOnNode(nodeId);
      if (behind === null) continue;
      if (targets.length >= MAX_TARGETS) return targets;
      const key = `${service.id} ${nodeId} ${published}`;
      const expects = isSilent ? null : behind.expects;
      const of = { serviceId: service.id, nodeId, address, port: published, mode, ask, image: service.image };
      targets.push({ key, ...of, ...behind, expects });
    }
  }
  return targets;
}

type Behind = Pick<PortTarget, 'connections' | 'expects' | 'basis'>;

/** The same for each of its ports; `null`: no replica is there. */
function createBehindOnNode(replicas: readonly Replica[]): (nodeId: string) => Behind | null {
  const byNode = Map.groupBy(replicas, ({ nodeId }) => nodeId);
  const known = new Map<string, Behind | null>();
  return (nodeId) => {
    const before = known.get(nodeId);
    if (before !== undefined) return before;
    const own = byNode.get(nodeId);
    const behind = own === undefined ? null : toBehind(own);
    known.set(nodeId, behind);
    return behind;
  };
}

/** What stands behind a port: the replicas that take its traffic, as far as Docker's rule says so. */
function toBehind(replicas: readonly Replica[]): Behind {
  const inRotation = replicas.filter((one) => one.inRotation === true);
  const isChanging = replicas.some(
    ({ inRotation: takes, status }) =>
      takes === null ||
      status === 'paused' ||
      status === 'starting' ||
      status === 'preparing' ||
      status === 'stopping',
  );
  const connections = Math.min(MAX_CONNECTIONS, Math.max(1, inRotation.length));
  const expects = inRotation.length > 0 ? 'answer' : isChanging ? null : 'nothing';
  // Each of the replicas with its task and whether it takes traffic: nothing else is behind the port.
  const basis = replicas.map(({ key, taskId, inRotation: takes }) => `${key}:${taskId}:${takes}`).join(' ');
  return { connections, expects, basis };
}

/** The ports that Swarm itself needs, on each node that is up. */
export function listSwarmTargets(nodes: readonly CheckedNode[]): PortTarget[] {
  return nodes.flatMap(({ id: nodeId, listedAddress: address, status, os, isSilent, managerPort }) => {
    if (status !== 'ready' || os === 'windows') return [];
    const ports = [SWARM_PORTS.gossip, ...(managerPort === null ? [] : [managerPort])];
    return ports.map((port): PortTarget => {
      const ask = { kind: 'tcp' } as const;
      const of = { serviceId: null, nodeId, address, port, mode: 'swarm', ask, image: null } as const;
      return {
        key: ` ${nodeId} ${port}`,
        ...of,
        connections: 1,
        expects: isSilent ? null : 'answer',
        basis: '',
      };
    });
  });
}
