import { z } from 'zod';
import type { ServiceComparison } from '#lib/model/contract/comparison.ts';
import type { MomentAnswer } from '#lib/model/contract/moment.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { countSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const series = z.array(z.number().nullable());

/** What pages about the past are drawn with, as a relay gets it of its source: no route of the API has it. */
export const comparisonSchema = schemaOf<ServiceComparison>()(
  z.strictObject({
    serviceId: z.string(),
    serviceName: z.string(),
    fromMs: z.number(),
    untilMs: z.number(),
    stretchMs: z.number(),
    slots: z.array(
      z.strictObject({
        key: z.string(),
        slot: countSchema.nullable(),
        hostname: z.string().nullable(),
        current: z.boolean(),
        probesMs: series,
        failed: z.array(z.number()),
        memoryBytes: series,
        memoryMaxBytes: z.number().nullable(),
        tasks: z.array(z.strictObject({ fromMs: z.number(), untilMs: z.number().nullable() })),
      }),
    ),
    left: countSchema,
    timeoutMs: z.number().nullable(),
    intervalMs: z.number().nullable(),
  }),
);

const momentSchema = z.strictObject({
  atMs: z.number(),
  isSeen: z.boolean(),
  unreadSinceMs: z.number().nullable(),
  replicas: z.array(
    z.strictObject({
      serviceId: z.string(),
      serviceName: z.string(),
      stack: z.string().nullable(),
      key: z.string(),
      slot: countSchema.nullable(),
      status: z.enum(REPLICA_STATUSES),
      sinceMs: z.number(),
      sentence: z.string().nullable(),
      taskId: z.string().nullable(),
      nodeId: z.string().nullable(),
      hostname: z.string().nullable(),
      image: z.string().nullable(),
    }),
  ),
  isCut: z.boolean(),
});

export const momentAnswerSchema = schemaOf<MomentAnswer>()(
  z.union([momentSchema, z.literal('busy'), z.null()]),
);
