import { z } from 'zod';
import type { Rollout } from '#lib/model/contract/rollout.ts';
import { UPDATE_STATES } from '#lib/model/docker/service.ts';
import { NAMED_FIELDS, type SpecChange } from '#lib/model/docker/spec-change.ts';
import { momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const failureSchema = z.strictObject({
  taskId: z.string(),
  key: z.string(),
  slot: z.int().nullable(),
  hostname: z.string().nullable(),
  atMs: momentSchema.nullable(),
  sentence: z.string(),
});

export const rolloutSchema = schemaOf<Rollout>()(
  z.strictObject({
    state: z.enum(UPDATE_STATES),
    startedAtMs: momentSchema.nullable(),
    completedAtMs: momentSchema.nullable(),
    sentence: z.string(),
    culprit: failureSchema.nullable(),
    slots: z.array(
      z.strictObject({
        key: z.string(),
        slot: z.int().nullable(),
        hostname: z.string().nullable(),
        step: z.enum(['waiting', 'replacing', 'starting', 'watched', 'done', 'failed']),
        sinceMs: momentSchema.nullable(),
        watchedUntilMs: momentSchema.nullable(),
        taskId: z.string().nullable(),
        image: z.string().nullable(),
      }),
    ),
    failures: z.array(failureSchema),
    failuresAllowed: z.int(),
  }),
);

const names = z.array(z.string());
const value = z.union([z.string(), z.number()]).nullable();

export const specChangeSchema = schemaOf<SpecChange>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('value'),
      field: z.string(),
      unit: z.enum(['text', 'count', 'ms', 'bytes', 'nanoCpu', 'ratio']),
      before: value,
      after: value,
    }),
    z.strictObject({
      kind: z.literal('names'),
      field: z.enum(NAMED_FIELDS),
      added: names,
      removed: names,
      changed: names,
    }),
    z.strictObject({
      kind: z.literal('hidden'),
      field: z.enum(['command', 'health check command', 'something else']),
    }),
  ]),
);
