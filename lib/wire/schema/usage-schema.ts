import { z } from 'zod';
import type {
  NodeUsage,
  ReplicaUsageDetail,
  ServiceUsage,
  Usage,
  UsagePoint,
} from '#lib/model/contract/usage.ts';
import { countSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);
const amount = z.number().nonnegative().nullable();
const rate = z.strictObject({
  inPerSecond: z.number().nonnegative(),
  outPerSecond: z.number().nonnegative(),
});

const pointSchema = schemaOf<UsagePoint>()(
  z.strictObject({
    atMs: momentSchema,
    memoryBytes: amount,
    memoryMaxBytes: amount,
    cpuCores: amount,
    cpuMaxCores: amount,
    throttled: amount,
    pids: amount,
    pidsMax: amount,
  }),
);

const usageSchema = schemaOf<Usage>()(
  pointSchema.extend({ network: rate.nullable(), disk: rate.nullable() }),
);

const replicaSchema = z.strictObject({
  serviceName: text,
  key: text,
  hostname: z.string().nullable(),
  usage: usageSchema.nullable(),
  error: text.nullable(),
});
const answered = { atMs: momentSchema, enabled: z.boolean() };

export const serviceUsageSchema = schemaOf<ServiceUsage>()(
  z.strictObject({ ...answered, replicas: z.array(replicaSchema) }),
);

export const nodeUsageSchema = schemaOf<NodeUsage>()(
  z.strictObject({
    ...answered,
    memoryBytes: amount,
    memoryMaxBytes: amount,
    cpuCores: amount,
    cpuMaxCores: amount,
    running: countSchema,
    read: countSchema,
    replicas: z.array(replicaSchema),
  }),
);

export const replicaUsageSchema = schemaOf<ReplicaUsageDetail>()(
  z.strictObject({
    ...answered,
    usage: usageSchema.nullable(),
    error: text.nullable(),
    series: z
      .strictObject({
        fromMs: momentSchema,
        untilMs: momentSchema,
        points: z.array(pointSchema.extend({ taskId: text })),
        gapMs: z.number(),
      })
      .nullable(),
  }),
);
