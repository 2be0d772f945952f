/** What the containers and tasks of one service say of a node: the same on one node is said once, of the node. */
export interface NodeSign {
  kind: 'container-unread' | 'probe-hangs' | 'runtime-silent' | 'container-forgotten' | 'copy-running';
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
  'name-server',
  'log-server',
  'volume-server',
  'log-driver',
  'network',
  'registry',
  'probes',
  'kills',
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

/** Equal for what the same replica shows of the same thing on the same node, whenever it does. */
export function toSignKey({ serviceId, key, nodeId, kind, object }: RootSign): string {
  return `${serviceId} ${key} ${nodeId} ${kind} ${object ?? ''}`;
}

/** The signs that are in one of these alone. */
export function diffSigns(before: readonly RootSign[], now: readonly RootSign[]): readonly RootSign[] {
  return [...listMissing(before, now), ...listMissing(now, before)];
}

/** Those of the first that are not in the other. */
function listMissing(signs: readonly RootSign[], other: readonly RootSign[]): readonly RootSign[] {
  if (other.length === 0) return signs;
  const known = new Set(other.map(toSignKey));
  return signs.filter((sign) => !known.has(toSignKey(sign)));
}
