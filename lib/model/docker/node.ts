export type NodeStatus = 'ready' | 'down' | 'disconnected' | 'unknown';
export type NodeAvailability = 'active' | 'pause' | 'drain' | 'unknown';
export type NodeRole = 'manager' | 'worker';
export type Reachability = 'reachable' | 'unreachable' | 'unknown';

/** Names by type, as Docker has them: `Volume`, `Network`, `Log`, `Authorization`. One object for all nodes with the same. */
export type NodePlugins = Readonly<Record<string, readonly string[]>>;

/** A node of the swarm as a manager lists it. Hostnames are not unique. */
export interface SwarmNode {
  id: string;
  hostname: string;
  role: NodeRole;
  /** `null` on workers. */
  manager: { leader: boolean; reachability: Reachability; address: string | null } | null;
  status: NodeStatus;
  /** The manager's words on the status, for example `heartbeat failure`. */
  statusMessage: string | null;
  availability: NodeAvailability;
  address: string | null;
  /** The same as the managers list it, be it loopback: where its ports are asked, if it may be (`findCheckAddress`). */
  listedAddress: string | null;
  engineVersion: string | null;
  /** `linux`, `windows`; `null`: not reported. */
  os: string | null;
  /** As its engine says it: `x86_64`, `aarch64`. */
  architecture: string | null;
  labels: Record<string, string>;
  /** Of its engine, the names alone. */
  engineLabels: string[];
  /** What its engine has: `null` where it tells of none. */
  plugins: NodePlugins | null;
  cpuNano: number | null;
  memoryBytes: number | null;
  /** GPUs and the like, as Docker writes them: `NVIDIA-GPU=4`. */
  generic: string[];
  /** The public key of whom its certificate is from; `null`: not reported. */
  issuer: string | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  /** What its manager says of it and this version does not know, with Docker's word: `availability hibernate`. */
  notUnderstood: readonly string[];
  /** Another node's name, by which its managers list it now and then; `null`: they do not. */
  listedAs: string | null;
}
