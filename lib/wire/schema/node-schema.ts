import { z } from 'zod';
import type { NodeDetail, NodesPage } from '#lib/model/contract/node-detail.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import {
  countSchema,
  healthCheckSchema,
  momentSchema,
  nodePictureShape,
  probeSchema,
  quorumSchema,
  replicaSchema,
} from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

/** `GET /api/nodes`. */
export const nodesPageSchema = schemaOf<NodesPage>()(
  z.strictObject({
    quorum: quorumSchema,
    nodes: z.array(
      z.strictObject({
        ...nodePictureShape,
        replicas: z.partialRecord(z.enum(REPLICA_STATUSES), z.int().min(1)),
      }),
    ),
    atMs: momentSchema,
  }),
);

const amountSchema = z.number().min(0).nullable();

const descriptionShape = {
  platform: z.strictObject({ os: z.string().nullable(), architecture: z.string().nullable() }),
  resources: z.strictObject({
    cpuNano: amountSchema,
    memoryBytes: amountSchema,
    generic: z.array(z.string()),
  }),
  reserved: z
    .strictObject({
      cpuNano: countSchema,
      memoryBytes: countSchema,
      generic: z.array(z.string()),
      tasks: countSchema,
    })
    .nullable(),
  labels: z.record(z.string(), z.string()),
  engineLabels: z.array(z.string()),
  plugins: z.record(z.string(), z.array(z.string()).readonly()).readonly().nullable(),
  joinedAtMs: momentSchema.nullable(),
  raftAddress: z.string().nullable(),
};

const portNumber = z.int().min(1).max(65_535);

const plainContainerSchema = schemaOf<PlainContainer>()(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    image: z.string(),
    state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown']),
    createdAtMs: momentSchema.nullable(),
    startedAtMs: momentSchema.nullable(),
    health: z
      .strictObject({
        status: z.enum(['starting', 'healthy', 'unhealthy']),
        failingStreak: countSchema,
        probes: z.array(probeSchema),
        statusSinceMs: momentSchema.nullable(),
      })
      .nullable(),
    healthCheck: healthCheckSchema.nullable(),
    ports: z.array(
      z.strictObject({
        address: z.string().nullable(),
        published: portNumber.nullable(),
        target: countSchema,
        protocol: z.enum(['tcp', 'udp', 'sctp']),
      }),
    ),
    isListedOnly: z.boolean(),
  }),
);

const plainShape = {
  plainState: z.enum(['off', 'unread', 'read']),
  plainError: z.string().nullable(),
  containers: z.array(plainContainerSchema),
  moreContainers: countSchema,
};

/** `GET /api/nodes/{name}`. */
export const nodeDetailSchema = schemaOf<NodeDetail>()(
  z.strictObject({
    ...nodePictureShape,
    replicas: z.array(
      z.strictObject({ serviceId: z.string(), serviceName: z.string().min(1), replica: replicaSchema }),
    ),
    losses: z.array(
      z.strictObject({
        serviceId: z.string(),
        serviceName: z.string().min(1),
        here: z.int().min(1),
        kept: countSchema,
        desired: countSchema,
        global: z.boolean(),
      }),
    ),
    quorum: quorumSchema,
    ...descriptionShape,
    ...plainShape,
    atMs: momentSchema,
  }),
);
