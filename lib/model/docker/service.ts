import type { HealthCheck, HealthCheckOverride } from './health-check.ts';
import type { CheckLabel } from './port-check.ts';
import type { ProbeLine } from './probe-line.ts';
import type { SloLabel } from './slo.ts';
import type { SpecChange } from './spec-change.ts';
import type { SpecNames } from './spec-names.ts';

export type ServiceMode =
  | { kind: 'replicated'; replicas: number }
  | { kind: 'global' }
  | { kind: 'replicated-job'; maxConcurrent: number; totalCompletions: number }
  | { kind: 'global-job' }
  /** One that this version does not know: `word` is Docker's, `null` where it gives none. */
  | { kind: 'unknown'; word: string | null };

/** Docker's words for how an update is (swarmkit api/types.proto, UpdateStatus). */
export const DOCKER_UPDATE_STATES = [
  'updating',
  'paused',
  'completed',
  'rollback_started',
  'rollback_paused',
  'rollback_completed',
] as const;

/** `unknown`: one that this version does not know; the message begins with Docker's word for it. */
export const UPDATE_STATES = [...DOCKER_UPDATE_STATES, 'unknown'] as const;

export type UpdateState = (typeof UPDATE_STATES)[number];

/** `UpdateStatus` of a service; absent (`null` on the service) if it never was updated. */
export interface ServiceUpdate {
  state: UpdateState;
  startedAtMs: number | null;
  completedAtMs: number | null;
  message: string;
}

export interface RestartPolicy {
  condition: 'any' | 'on-failure' | 'none';
  delayMs: number;
  /** `null`: without limit. */
  maxAttempts: number | null;
  windowMs: number | null;
}

export interface UpdatePolicy {
  parallelism: number;
  delayMs: number;
  monitorMs: number;
  maxFailureRatio: number;
  failureAction: 'pause' | 'continue' | 'rollback';
  order: 'stop-first' | 'start-first';
}

/** Without the length of the network's prefix. */
export interface NetworkAddress {
  networkId: string;
  address: string;
}

export type PortProtocol = 'tcp' | 'udp' | 'sctp';

/** A port of a service that is reached from outside of its networks. */
export interface PublishedPort {
  /** `ingress`: on each node, by the routing mesh; `host`: on the nodes that have a task of it, past the mesh. */
  mode: 'ingress' | 'host';
  /** `null`: Swarm has not chosen it, or (host mode) each node chooses its own. */
  published: number | null;
  /** In the container. */
  target: number;
  protocol: PortProtocol;
}

/** A service as a manager lists it. Never holds Env, arguments, mounts or foreign labels. */
export interface Service {
  id: string;
  name: string;
  /** From `com.docker.stack.namespace`. */
  stack: string | null;
  mode: ServiceMode;
  /** Without the digest. */
  image: string;
  imageDigest: string | null;
  healthCheck: HealthCheckOverride | null;
  stopGraceMs: number;
  restart: RestartPolicy;
  updatePolicy: UpdatePolicy;
  update: ServiceUpdate | null;
  constraints: string[];
  /** How its tasks are spread, in Docker's words: `spread over node.labels.rack`. */
  preferences: string[];
  /** `null`: as many as fit. */
  maxPerNode: number | null;
  /** Its tasks put a plugin on their nodes, and have no containers (moby daemon/cluster/controllers/plugin). */
  isPlugin: boolean;
  /** What its image runs on, where the client looked that up: `linux/amd64`. */
  platforms: string[];
  /** What a node must have free for each task; `null` where the service reserves nothing. */
  reserved: {
    cpuNano: number | null;
    memoryBytes: number | null;
    /** GPUs and the like, as Docker writes them: `NVIDIA-GPU=1`. */
    generic: string[];
  };
  /** What each of its tasks may use; `null` where it sets no limit. */
  limits: { cpuNano: number | null; memoryBytes: number | null; pids: number | null };
  /** The log driver that the service sets; `null`: each node's own. */
  logDriver: string | null;
  /** Drivers that its mounts ask for, beyond Docker's own (`local`). */
  volumeDrivers: string[];
  /** Those that it has, then those that its spec asks for and Swarm has not given it yet. */
  ports: readonly PublishedPort[];
  /** Of these, the ones in the routing mesh that Swarm has not given it. */
  ungivenPorts: readonly PublishedPort[];
  /** Ids of the networks that its spec names, without the routing mesh's own. */
  networkIds: string[];
  /** `vip`: one address in each network for all of its tasks; `dnsrr`: its name leads to theirs. */
  endpointMode: 'vip' | 'dnsrr';
  /** The addresses that Swarm has given it. */
  vips: NetworkAddress[];
  /** Of what belongs to its spec, the names alone. */
  names: SpecNames;
  /** What its labels `vitals.check` say of how its ports are checked. */
  checks: readonly CheckLabel[];
  /** What its labels `vitals.failing` and `vitals.flapping` say of when failing probes are a problem. */
  probeLine: Partial<ProbeLine>;
  /** What its label `vitals.slo` says of how much of the time it is to be up; `null`: it has none. */
  slo: SloLabel | null;
  /** `JobStatus.JobIteration.Index`; `null` when not a job. */
  jobIteration: number | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
  /** Equal to that of the tasks made from its present template; `null`: not known. */
  specKey: string | null;
  /** What the present spec has changed of the one before. Without values that may be secret. */
  changes: SpecChange[];
}

/** Are its replicas told apart by number? Those of global services and jobs are by their node. */
export function hasSlotNumbers({ mode }: Service): boolean {
  return mode.kind === 'replicated' || mode.kind === 'replicated-job';
}

/** Does this service run to completion (replicated job or global job)? */
export function isJob(service: Pick<Service, 'mode'>): boolean {
  return service.mode.kind === 'replicated-job' || service.mode.kind === 'global-job';
}

/**
 * Says who defined the check. The engine merges image and service field by field (moby daemon/commit.go, merge), so a
 * service that sets the command is taken as its author, and one that sets only some other fields as a co-author.
 */
export function refineHealthCheck(check: HealthCheck | null, service: Service): HealthCheck | null {
  if (check === null) return null;
  const override = service.healthCheck;
  const source =
    override === null || Object.values(override).every((field) => field === null)
      ? 'image'
      : override.test !== null
        ? 'service'
        : 'mixed';
  return source === check.source ? check : { ...check, source };
}
