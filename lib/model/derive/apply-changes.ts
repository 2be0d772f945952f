import type { Change } from '#lib/model/contract/change.ts';
import type { NodePicture, Replica, SwarmPicture } from '#lib/model/contract/picture.ts';
import { compareNodes, compareReplicas, compareServices } from '#lib/model/contract/picture-order.ts';
import { createKeyedEdit, type KeyedEdit } from '#lib/model/text/create-keyed-edit.ts';

/**
 * The picture after these changes, in order. Shares every part that no change touches, keeps services, replicas and
 * nodes in their order, and gives the same picture back when there is nothing to do. `revision` and `atMs` stay: they
 * are the caller's. A replica of a service that is not there is ignored.
 */
export function applyChanges(picture: SwarmPicture, changes: readonly Change[]): SwarmPicture {
  if (changes.length === 0) return picture;
  let head: SwarmPicture = picture;
  const nodes = createKeyedEdit(picture.nodes, (node: NodePicture) => node.id, compareNodes);
  const services = createKeyedEdit(picture.services, (service) => service.id, compareServices);
  const replicas = new Map<string, KeyedEdit<Replica>>();
  const replicasOf = (serviceId: string): KeyedEdit<Replica> | null => {
    const open = replicas.get(serviceId);
    if (open) return open;
    const service = services.get(serviceId);
    if (service === undefined) return null;
    const edit = createKeyedEdit(service.replicas, (replica: Replica) => replica.key, compareReplicas);
    replicas.set(serviceId, edit);
    return edit;
  };
  for (const change of changes) {
    switch (change.kind) {
      case 'swarm':
        head = { ...head, ...change.swarm };
        break;
      case 'sources':
        head = { ...head, sources: change.sources };
        break;
      case 'node':
        nodes.set(change.node);
        break;
      case 'node-gone':
        nodes.delete(change.nodeId);
        break;
      case 'service':
        services.set({ ...change.service, replicas: services.get(change.service.id)?.replicas ?? [] });
        break;
      case 'service-gone':
        services.delete(change.serviceId);
        replicas.delete(change.serviceId);
        break;
      case 'replica':
        replicasOf(change.serviceId)?.set(change.replica);
        break;
      case 'replica-gone':
        replicasOf(change.serviceId)?.delete(change.key);
        break;
    }
  }
  for (const [serviceId, edit] of replicas) {
    const service = services.get(serviceId);
    const list = edit.list();
    if (service !== undefined && service.replicas !== list) services.set({ ...service, replicas: list });
  }
  return { ...head, nodes: nodes.list(), services: services.list() };
}
