import { z } from 'zod';
import type { Change } from '#lib/model/contract/change.ts';
import { type Message, WIRE_VERSION } from '#lib/wire/message.ts';
import { swarmEventSchema } from './history-schema.ts';
import { incidentLineSchema } from './incident-schema.ts';
import {
  countSchema,
  momentSchema,
  nodePictureSchema,
  replicaSchema,
  serviceHeadSchema,
  swarmHeadSchema,
  swarmPictureSchema,
} from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const changeSchema = schemaOf<Change>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('swarm'), swarm: swarmHeadSchema.omit({ sources: true }) }),
    z.strictObject({ kind: z.literal('sources'), sources: swarmHeadSchema.shape.sources }),
    z.strictObject({ kind: z.literal('node'), node: nodePictureSchema }),
    z.strictObject({ kind: z.literal('node-gone'), nodeId: z.string() }),
    z.strictObject({ kind: z.literal('service'), service: serviceHeadSchema }),
    z.strictObject({ kind: z.literal('service-gone'), serviceId: z.string() }),
    z.strictObject({ kind: z.literal('replica'), serviceId: z.string(), replica: replicaSchema }),
    z.strictObject({ kind: z.literal('replica-gone'), serviceId: z.string(), key: z.string() }),
  ]),
);

/** One event of `GET /api/stream`. */
export const messageSchema = schemaOf<Message>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('snapshot'),
      wire: z.int().min(WIRE_VERSION).max(WIRE_VERSION),
      build: z.string(),
      epoch: z.string().min(1),
      picture: swarmPictureSchema,
    }),
    z.strictObject({
      kind: z.literal('changes'),
      from: countSchema,
      to: countSchema,
      atMs: momentSchema,
      changes: z.array(changeSchema).min(1),
    }),
    z.strictObject({
      kind: z.literal('events'),
      atMs: momentSchema,
      before: countSchema.nullable(),
      events: z.array(swarmEventSchema),
    }),
    z.strictObject({
      kind: z.literal('incidents'),
      atMs: momentSchema,
      lines: z.array(incidentLineSchema),
      total: countSchema,
    }),
    z.strictObject({
      kind: z.literal('beat'),
      atMs: momentSchema,
      seenAtMs: momentSchema,
      revision: countSchema,
    }),
  ]),
);
