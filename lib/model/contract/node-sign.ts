/** What the containers and tasks of one service say of a node: the same on one node is said once, of the node. */
export interface NodeSign {
  kind: 'container-unread' | 'container-forgotten' | 'copy-running';
  nodeId: string;
  containerId: string;
  /** `null`: the service was removed. */
  serviceName: string | null;
  /** Our clock, epoch ms. */
  sinceMs: number;
}

/** Shared by all that have none. */
export const NO_SIGNS: readonly NodeSign[] = [];
