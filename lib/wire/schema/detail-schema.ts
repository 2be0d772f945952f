import { z } from 'zod';
import type {
  ContainerDetail,
  LifeMoment,
  ReplicaDetail,
  ServiceDetail,
  ServiceResources,
  TaskAddress,
  TaskDetail,
} from '#lib/model/contract/detail.ts';
import { CAUSES, type Diagnosis } from '#lib/model/contract/diagnosis.ts';
import { ROTATION_SOURCES } from '#lib/model/contract/traffic.ts';
import type { PublishedPort, RestartPolicy, UpdatePolicy } from '#lib/model/docker/service.ts';
import { serviceNetworkSchema, specNamesSchema } from './network-schema.ts';
import {
  countSchema,
  evidenceSchema,
  healthCheckSchema,
  momentSchema,
  probeSchema,
  replicaSchema,
  serviceHeadSchema,
  servicePictureShape,
  taskStateSchema,
} from './picture-schema.ts';
import { rolloutSchema, specChangeSchema } from './rollout-schema.ts';
import { schemaOf } from './schema-of.ts';
import { reachSchema, trafficSchema } from './traffic-schema.ts';

const portNumber = z.int().min(1).max(65_535);

const containerDetailSchema = schemaOf<ContainerDetail>()(
  z.strictObject({
    id: z.string(),
    state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    startedAtMs: momentSchema.nullable(),
    finishedAtMs: momentSchema.nullable(),
    exitCode: z.int().nullable(),
    oomKilled: z.boolean(),
    error: z.string().nullable(),
    failingStreak: countSchema.nullable(),
    healthCheck: healthCheckSchema.nullable(),
    readAtMs: momentSchema,
  }),
);

export const diagnosisSchema = schemaOf<Diagnosis>()(
  z.strictObject({
    cause: z.enum(CAUSES),
    sentence: z.string().min(1),
    evidence: evidenceSchema.nullable(),
    calm: z.boolean(),
  }),
);

const taskAddressSchema = schemaOf<TaskAddress>()(
  z.strictObject({ networkId: z.string().nullable(), address: z.string() }),
);

export const taskDetailSchema = schemaOf<TaskDetail>()(
  z.strictObject({
    id: z.string(),
    nodeId: z.string().nullable(),
    hostname: z.string().nullable(),
    state: taskStateSchema,
    desiredState: taskStateSchema,
    stateAtMs: momentSchema.nullable(),
    message: z.string(),
    error: z.string().nullable(),
    exitCode: z.int().nullable(),
    image: z.string(),
    createdAtMs: momentSchema.nullable(),
    container: containerDetailSchema.nullable(),
    end: diagnosisSchema.nullable(),
    probes: z.array(probeSchema),
    addresses: z.array(taskAddressSchema),
    forgotten: z.boolean(),
  }),
);

const lifeMomentSchema = schemaOf<LifeMoment>()(
  z.strictObject({
    atMs: momentSchema,
    kind: z.enum([
      'created',
      'assigned',
      'started',
      'healthy',
      'failing',
      'unhealthy',
      'stopping',
      'exited',
      'ended',
    ]),
    text: z.string().min(1),
  }),
);

const restartPolicySchema = schemaOf<RestartPolicy>()(
  z.strictObject({
    condition: z.enum(['any', 'on-failure', 'none']),
    delayMs: z.number().min(0),
    maxAttempts: countSchema.nullable(),
    windowMs: z.number().min(0).nullable(),
  }),
);

const updatePolicySchema = schemaOf<UpdatePolicy>()(
  z.strictObject({
    parallelism: countSchema,
    delayMs: z.number().min(0),
    monitorMs: z.number().min(0),
    maxFailureRatio: z.number().min(0).max(1),
    failureAction: z.enum(['pause', 'continue', 'rollback']),
    order: z.enum(['stop-first', 'start-first']),
  }),
);

export const publishedPortSchema = schemaOf<PublishedPort>()(
  z.strictObject({
    mode: z.enum(['ingress', 'host']),
    published: portNumber.nullable(),
    target: portNumber,
    protocol: z.enum(['tcp', 'udp', 'sctp']),
  }),
);

const amount = z.int().min(1).nullable();

const resourcesSchema = schemaOf<ServiceResources>()(
  z.strictObject({
    limits: z.strictObject({ cpuNano: amount, memoryBytes: amount, pids: amount }),
    reservations: z.strictObject({ cpuNano: amount, memoryBytes: amount, generic: z.array(z.string()) }),
  }),
);

/** `GET /api/services/{name}`. */
export const serviceDetailSchema = schemaOf<ServiceDetail>()(
  z.strictObject({
    ...servicePictureShape,
    stopGraceMs: z.number().min(0),
    restart: restartPolicySchema,
    updatePolicy: updatePolicySchema,
    constraints: z.array(z.string()),
    preferences: z.array(z.string()),
    maxPerNode: z.int().min(1).nullable(),
    platforms: z.array(z.string()),
    imageDigest: z.string().nullable(),
    imageChangedAtMs: momentSchema.nullable(),
    ports: z.array(publishedPortSchema).readonly(),
    resources: resourcesSchema,
    endpointMode: z.enum(['vip', 'dnsrr']),
    networks: z.array(serviceNetworkSchema),
    names: specNamesSchema,
    slots: z.array(
      z.strictObject({ key: z.string(), tasks: z.array(taskDetailSchema), moreTasks: countSchema }),
    ),
    moreSlots: countSchema,
    traffic: trafficSchema.nullable(),
    rollout: rolloutSchema.nullable(),
    changes: z.array(specChangeSchema),
    changedAtMs: momentSchema.nullable(),
    firstFailureAtMs: momentSchema.nullable(),
    atMs: momentSchema,
  }),
);

/** `GET /api/services/{name}/{key}`. */
export const replicaDetailSchema = schemaOf<ReplicaDetail>()(
  z.strictObject({
    service: serviceHeadSchema,
    replica: replicaSchema,
    rotation: z.enum(ROTATION_SOURCES),
    through: reachSchema.nullable(),
    healthCheck: healthCheckSchema.nullable(),
    stopGraceMs: z.number().min(0),
    probes: z.array(probeSchema),
    nextProbeAtMs: momentSchema.nullable(),
    life: z.array(lifeMomentSchema),
    task: taskDetailSchema.nullable(),
    earlierTasks: z.array(taskDetailSchema),
    moreEarlierTasks: countSchema,
    atMs: momentSchema,
  }),
);
