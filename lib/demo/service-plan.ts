/** What a demo service is like: its spec, and how it behaves. */
export interface ServicePlan {
  name: string;
  stack: string | null;
  image: string;
  /** The tags that its rolling updates go through, in turn. */
  tags: readonly string[];
  mode:
    | { kind: 'replicated'; replicas: number }
    | { kind: 'global' }
    | { kind: 'replicated-job'; maxConcurrent: number; total: number };
  check: CheckPlan | null;
  /** Whether the health check is the image's own, or (partly) the service's. */
  checkIn: 'image' | 'service';
  command: readonly string[];
  env: readonly string[];
  constraints: readonly string[];
  reserveMemoryBytes: number;
  /** From its container's start until it can pass a probe. */
  warmUpMs: readonly [number, number];
  restartDelayMs: number;
  updateOrder: 'stop-first' | 'start-first';
  /** On each node, for port 80 of its containers. */
  publishedPort: number | null;
  /** Others that it publishes. */
  ports: readonly PortPlan[];
  limits: { cpus?: number; memoryBytes?: number; pids?: number };
  reserveCpus: number;
  secrets: readonly string[];
  configs: readonly string[];
  mounts: readonly MountPlan[];
  labels: Readonly<Record<string, string>>;
  /** `node.labels.rack`: its tasks are spread over its values. */
  spreadOver: string | null;
  maxPerNode: number | null;
  /** What it writes, in turn; those that begin with `! ` to stderr. */
  logLines: readonly string[];
  logEveryMs: number;
}

export interface CheckPlan {
  test: readonly string[];
  intervalMs: number;
  timeoutMs: number;
  startPeriodMs: number;
  retries: number;
  /** How long a passing probe takes. */
  durationMs: readonly [number, number];
  passes: readonly string[];
  failures: readonly ProbeFailure[];
}

export interface ProbeFailure {
  /** -1: it exceeded its timeout. */
  exitCode: number;
  output: string;
  durationMs: readonly [number, number];
}

export interface PortPlan {
  target: number;
  published: number;
  protocol: 'tcp' | 'udp' | 'sctp';
  mode: 'ingress' | 'host';
  tls?: true;
}

export interface MountPlan {
  type: 'volume' | 'bind' | 'tmpfs';
  source?: string;
  target: string;
  readOnly?: boolean;
}

/** Every port that a service publishes. */
export function listPorts({ publishedPort, ports }: ServicePlan): PortPlan[] {
  if (publishedPort === null) return [...ports];
  return [{ target: 80, published: publishedPort, protocol: 'tcp', mode: 'ingress' }, ...ports];
}
