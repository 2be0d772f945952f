/** What a container uses. `null` is what its engine does not know, or what takes two readings that were not there yet: never 0. */
export interface Usage {
  /** When its engine read it; our clock, epoch ms. */
  atMs: number;
  /** As `docker stats` has it: without the page cache that the kernel can take back. */
  memoryBytes: number | null;
  /** Its own limit; `null`: none. */
  memoryMaxBytes: number | null;
  /** Cores in use: 0.5 is half the time of one. */
  cpuCores: number | null;
  /** Its own limit; `null`: none. */
  cpuMaxCores: number | null;
  /** Of the periods in which it ran, the share (0 to 1) in which its CPU limit held it back; `null`: it has none. */
  throttled: number | null;
  pids: number | null;
  /** `null`: no limit. */
  pidsMax: number | null;
  network: TrafficRate | null;
  disk: TrafficRate | null;
}

/** Bytes a second. */
export interface TrafficRate {
  inPerSecond: number;
  outPerSecond: number;
}

/** A reading as it is kept. */
export type UsagePoint = Pick<
  Usage,
  'atMs' | 'memoryBytes' | 'memoryMaxBytes' | 'cpuCores' | 'cpuMaxCores' | 'throttled' | 'pids' | 'pidsMax'
>;

/** One replica's use. */
export interface ReplicaUsage {
  serviceName: string;
  key: string;
  hostname: string | null;
  /** `null`: it was not read yet, or does not run. */
  usage: Usage | null;
  /** Why it cannot be read now, in a sentence; `null`: it can, as far as is known. */
  error: string | null;
}

interface Answered {
  atMs: number;
  /** `false`: `VITALS_USAGE=off`. */
  enabled: boolean;
}

/** `GET /api/services/{name}/usage`. */
export interface ServiceUsage extends Answered {
  replicas: ReplicaUsage[];
}

/** `GET /api/nodes/{name}/usage`: Swarm's containers on it together, of what the node has. */
export interface NodeUsage extends Answered {
  memoryBytes: number | null;
  memoryMaxBytes: number | null;
  cpuCores: number | null;
  cpuMaxCores: number | null;
  /** Of so many containers that run there, this many were read within the last minutes: the sums are theirs alone. */
  running: number;
  read: number;
  replicas: ReplicaUsage[];
}

/** `GET /api/services/{name}/{key}/usage`: now, and where a time is asked for (`fromMs`, `untilMs`) the past. */
export interface ReplicaUsageDetail extends Answered {
  usage: Usage | null;
  error: string | null;
  series: UsageSeries | null;
}

export interface UsageSeries {
  fromMs: number;
  untilMs: number;
  /** Oldest first. Where there are many, one stands for a stretch: the most memory and processes, the mean of the rest. */
  points: (UsagePoint & { taskId: string })[];
  /** Between two points that are farther apart nothing was read. */
  gapMs: number;
}
