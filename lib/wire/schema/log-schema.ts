import { z } from 'zod';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import type { LogMessage, LogSource } from '#lib/wire/log-message.ts';
import { countSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const sourceShape = {
  taskId: z.string().min(1),
  key: z.string().min(1),
  slot: countSchema.nullable(),
  hostname: z.string().nullable(),
  error: z.string().nullable(),
};
const lineShape = {
  atMs: z.number(),
  stream: z.enum(['stdout', 'stderr']),
  text: z.string(),
  truncated: z.boolean(),
};
const lineSchema = schemaOf<LogLine>()(z.strictObject(lineShape));
const sourceSchema = schemaOf<LogSource>()(
  z.strictObject({ ...sourceShape, state: z.enum(['opening', 'following', 'ended', 'failed']) }),
);

/** `GET /api/services/{name}/log` and `/api/services/{name}/{key}/log`. */
export const logSchema = z.strictObject({
  atMs: z.int(),
  sources: z.array(z.strictObject(sourceShape)),
  lines: z.array(z.strictObject({ taskId: z.string().min(1), ...lineShape })),
  /** Older lines that were left out, since an answer holds some 4 MB. */
  leftOut: countSchema,
});

/** One line of the same with `?follow=1`. */
export const logMessageSchema = schemaOf<LogMessage>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('sources'), sources: z.array(sourceSchema), leftOut: countSchema }),
    z.strictObject({ kind: z.literal('lines'), taskId: z.string().min(1), lines: z.array(lineSchema) }),
    z.strictObject({
      kind: z.literal('skipped'),
      taskId: z.string().min(1),
      atMs: z.number(),
      count: countSchema.nullable(),
    }),
    z.strictObject({ kind: z.literal('beat') }),
  ]),
);
