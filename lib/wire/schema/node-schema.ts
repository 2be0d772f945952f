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
    atMs: momentSchema,
  }),
);
