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

/** Of what a replica's own problem may be a sign: something that several services on one node, or of one server, share. */
export const ROOT_KINDS = [
  'disk',
  'limit',
  'runtime',
  'log-server',
  'log-driver',
  'network',
  'probes',
] as const;

export type RootKind = (typeof ROOT_KINDS)[number];

/** What one replica's problem says of the node it has it on. One sign alone is that replica's own problem. */
export interface RootSign {
  kind: RootKind;
  nodeId: string;
  serviceId: string;
  serviceName: string;
  /** The replica's. */
  key: string;
  /** What is used up, full, broken or not reached, where it is named; signs of other objects are of other roots. */
  object: string | null;
  /** What it cannot do there. */
  cannot: 'start' | 'be-probed';
  /** Docker's own words; `null`: none. Untrusted, masked and bounded. */
  words: string | null;
  /** Our clock, since when as far as it shows. */
  sinceMs: number;
  /** For `probes`: they had no exit within their timeout. */
  timedOut: boolean;
}

/** Shared by all that have none. */
export const NO_ROOT_SIGNS: readonly RootSign[] = [];
