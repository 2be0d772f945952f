import { z } from 'zod';
import { CAUSES, type Evidence } from '#lib/model/contract/diagnosis.ts';
import { FINDING_LEVELS, type Finding, type FindingSubject } from '#lib/model/contract/finding.ts';
import { FINDING_CAUSES } from '#lib/model/contract/finding-causes.ts';
import {
  type NodePicture,
  PICTURE_VERSION,
  type Replica,
  type ReplicaHealth,
  type ServiceHead,
  type ServicePicture,
  type SourcePicture,
  type SwarmHead,
  type SwarmPicture,
} from '#lib/model/contract/picture.ts';
import type { Quorum } from '#lib/model/contract/quorum.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { SILENCE_KINDS, type Silenced } from '#lib/model/contract/silenced.ts';
import { UPDATE_OUTCOMES, type UpdatePicture } from '#lib/model/contract/update.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { Probe } from '#lib/model/docker/probe.ts';
import { type ServiceMode, UPDATE_STATES } from '#lib/model/docker/service.ts';
import { TASK_STATES } from '#lib/model/docker/task.ts';
import { schemaOf } from './schema-of.ts';

// Before 2020 nothing of this can have happened: a moment there is a zero time that slipped through.
export const momentSchema = z.int().min(Date.UTC(2020));
export const countSchema = z.int().min(0);
const id = z.string().regex(/^[a-z0-9]{25}$/);
const containerId = z.string().regex(/^[0-9a-f]{64}$/);
export const taskStateSchema = z.enum([...TASK_STATES, 'unknown']);
const sourceState = z.enum(['unconfigured', 'connecting', 'live', 'stale', 'unreachable']);

export const probeSchema = schemaOf<Probe>()(
  z.strictObject({
    startedAtMs: momentSchema,
    endedAtMs: momentSchema,
    durationMs: countSchema,
    exitCode: z.int(),
    output: z.string().max(4100),
    truncated: z.boolean(),
  }),
);

export const healthCheckSchema = schemaOf<HealthCheck>()(
  z.strictObject({
    test: z.array(z.string()),
    intervalMs: z.number().positive(),
    timeoutMs: z.number().positive(),
    startPeriodMs: z.number().min(0),
    startIntervalMs: z.number().positive(),
    retries: z.int().positive(),
    source: z.enum(['image', 'service', 'mixed', 'unknown']),
  }),
);

const replicaHealthSchema = schemaOf<ReplicaHealth>()(
  z.strictObject({
    status: z.enum(['starting', 'healthy', 'unhealthy']),
    failingStreak: countSchema,
    retries: z.int().positive(),
    lastProbe: probeSchema.nullable(),
    decidesAtMs: momentSchema.nullable(),
  }),
);

export const evidenceSchema = schemaOf<Evidence>()(z.strictObject({ label: z.string(), text: z.string() }));

const findingSubjectSchema = schemaOf<FindingSubject>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('swarm') }),
    z.strictObject({ kind: z.literal('node'), nodeId: id }),
    z.strictObject({ kind: z.literal('service'), serviceId: id }),
    z.strictObject({ kind: z.literal('replica'), serviceId: id, key: z.string().min(1) }),
  ]),
);
const findingCauseSchema = z.enum(FINDING_CAUSES);

/** Of an older server it is not there. */
export const silencedSchema = schemaOf<Silenced>()(
  z.strictObject({
    id: z.string().min(1),
    of: z.enum(SILENCE_KINDS),
    untilMs: momentSchema,
    by: z.string().nullable(),
    comment: z.string(),
  }),
);

const findingSchema = schemaOf<Finding>()(
  z.strictObject({
    cause: findingCauseSchema,
    level: z.enum(FINDING_LEVELS),
    subject: findingSubjectSchema,
    sentence: z.string().min(1),
    evidence: evidenceSchema.nullable(),
    hint: z.string().min(1).nullable(),
    sinceMs: momentSchema,
    because: z.strictObject({ cause: findingCauseSchema, subject: findingSubjectSchema }).nullable(),
    silenced: silencedSchema.nullable().optional(),
  }),
);
const findingsSchema = z.array(findingSchema).readonly();

export const replicaSchema = schemaOf<Replica>()(
  z.strictObject({
    key: z.string().min(1),
    // Replicated jobs count their slots from 0.
    slot: countSchema.nullable(),
    nodeId: id.nullable(),
    hostname: z.string().nullable(),
    status: z.enum(REPLICA_STATUSES),
    sinceMs: momentSchema,
    sentence: z.string().min(1).nullable(),
    cause: z.enum(CAUSES).nullable(),
    hint: z.string().min(1).nullable(),
    evidence: evidenceSchema.nullable(),
    stuck: z.boolean(),
    taskId: id.nullable(),
    containerId: containerId.nullable(),
    taskState: taskStateSchema.nullable(),
    desiredState: taskStateSchema.nullable(),
    error: z.string().nullable(),
    image: z.string().nullable(),
    startedAtMs: momentSchema.nullable(),
    health: replicaHealthSchema.nullable(),
    lostWith: id.nullable(),
    recovering: z.boolean(),
    restarts1h: countSchema,
    inRotation: z.boolean().nullable(),
    findings: findingsSchema,
  }),
);

const modeSchema = schemaOf<ServiceMode>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('replicated'), replicas: countSchema }),
    z.strictObject({ kind: z.literal('global') }),
    z.strictObject({
      kind: z.literal('replicated-job'),
      maxConcurrent: countSchema,
      totalCompletions: countSchema,
    }),
    z.strictObject({ kind: z.literal('global-job') }),
    z.strictObject({ kind: z.literal('unknown'), word: z.string().nullable() }),
  ]),
);

export const updateSchema = schemaOf<UpdatePicture>()(
  z.strictObject({
    state: z.enum(UPDATE_STATES),
    startedAtMs: momentSchema.nullable(),
    completedAtMs: momentSchema.nullable(),
    message: z.string(),
    outcome: z.enum(UPDATE_OUTCOMES),
    sentence: z.string().min(1).nullable(),
  }),
);

const serviceHeadShape = {
  id,
  name: z.string().min(1),
  stack: z.string().nullable(),
  mode: modeSchema,
  image: z.string().min(1),
  desired: countSchema,
  running: countSchema,
  healthy: countSchema,
  completed: countSchema.nullable(),
  verdict: z.enum(VERDICTS),
  sinceMs: momentSchema,
  sentence: z.string().min(1),
  hint: z.string().min(1).nullable(),
  update: updateSchema.nullable(),
  healthCheck: healthCheckSchema.nullable(),
  slowestStartMs: countSchema.nullable(),
  findings: findingsSchema,
  updatedAtMs: momentSchema.nullable(),
  silenced: silencedSchema.nullable().optional(),
};
export const serviceHeadSchema = schemaOf<ServiceHead>()(z.strictObject(serviceHeadShape));

export const servicePictureShape = { ...serviceHeadShape, replicas: z.array(replicaSchema) };
export const servicePictureSchema = schemaOf<ServicePicture>()(z.strictObject(servicePictureShape));

export const nodePictureShape = {
  id,
  hostname: z.string().min(1),
  role: z.enum(['manager', 'worker']),
  leader: z.boolean(),
  reachability: z.enum(['reachable', 'unreachable', 'unknown']).nullable(),
  status: z.enum(['ready', 'down', 'disconnected', 'unknown']),
  statusMessage: z.string().nullable(),
  availability: z.enum(['active', 'pause', 'drain', 'unknown']),
  address: z.string().nullable(),
  engineVersion: z.string().nullable(),
  engine: z.strictObject({
    state: sourceState,
    sinceMs: momentSchema,
    error: z.string().min(1).nullable(),
    endpoint: z.string().nullable(),
    apiVersion: z.string().nullable(),
    skewMs: z.number(),
    lastReadMs: momentSchema.nullable(),
  }),
  findings: findingsSchema,
  silenced: silencedSchema.nullable().optional(),
};
export const nodePictureSchema = schemaOf<NodePicture>()(z.strictObject(nodePictureShape));

const sourcePictureSchema = schemaOf<SourcePicture>()(
  z.strictObject({
    kind: z.enum(['manager', 'engine', 'server']),
    endpoint: z.string().min(1),
    nodeId: id.nullable(),
    state: sourceState,
    sinceMs: momentSchema,
    error: z.string().min(1).nullable(),
    active: z.boolean(),
    engineVersion: z.string().nullable(),
    apiVersion: z.string().nullable(),
    skewMs: z.number(),
  }),
);

export const quorumSchema = schemaOf<Quorum>()(
  z.strictObject({
    state: z.enum(['safe', 'single', 'edge', 'lost', 'unknown']),
    managers: countSchema,
    reachable: countSchema,
    needed: countSchema,
    sentence: z.string().min(1),
  }),
);

const swarmHeadShape = {
  version: z.literal(PICTURE_VERSION),
  demo: z.boolean(),
  name: z.string(),
  verdict: z.enum(VERDICTS),
  sentence: z.string().min(1),
  quorum: quorumSchema,
  ready: z.boolean(),
  sources: z.array(sourcePictureSchema),
  problems: countSchema,
  findings: findingsSchema,
};
export const swarmHeadSchema = schemaOf<SwarmHead>()(z.strictObject(swarmHeadShape));

/** `GET /api/swarm`. */
export const swarmPictureSchema = schemaOf<SwarmPicture>()(
  z.strictObject({
    ...swarmHeadShape,
    revision: countSchema,
    atMs: momentSchema,
    nodes: z.array(nodePictureSchema),
    services: z.array(servicePictureSchema),
  }),
);
