import { z } from 'zod';
import type { NodeDetail, NodesPage } from '#lib/model/contract/node-detail.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import {
  countSchema,
  momentSchema,
  nodePictureShape,
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
    atMs: momentSchema,
  }),
);
