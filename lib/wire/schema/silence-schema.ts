import { z } from 'zod';
import { FINDING_CAUSES } from '#lib/model/contract/finding-causes.ts';
import type { Silence, SilencesPage } from '#lib/model/contract/silence.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);

const targetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), name: text }),
  z.strictObject({ kind: z.literal('stack'), name: text }),
  z.strictObject({ kind: z.literal('node'), nodeId: text, hostname: text }),
  z.strictObject({ kind: z.literal('swarm') }),
]);

export const silenceSchema = schemaOf<Silence>()(
  z.strictObject({
    id: text,
    target: targetSchema,
    stack: z.string().nullable(),
    cause: z.enum(FINDING_CAUSES).nullable(),
    worst: z.enum(VERDICTS).nullable(),
    fromMs: momentSchema,
    untilMs: momentSchema,
    comment: z.string(),
    by: z.string().nullable(),
    createdAtMs: momentSchema,
    ended: z.strictObject({ atMs: momentSchema, by: z.string().nullable() }).nullable(),
  }),
);

/** `GET /api/silences`. */
export const silencesPageSchema = schemaOf<SilencesPage>()(
  z.strictObject({
    atMs: momentSchema,
    silences: z.array(silenceSchema).readonly(),
    problem: z.string().nullable(),
  }),
);

/** More is no comment. */
const MAX_COMMENT_CHARS = 500;

const name = z.string().min(1).max(512);
const inputTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), name }),
  z.strictObject({ kind: z.literal('stack'), name }),
  z.strictObject({ kind: z.literal('node'), nodeId: name }),
  z.strictObject({ kind: z.literal('swarm') }),
]);
const inputMoment = z.int().min(0).max(8e15);

/** The body of `POST /api/silences`. */
export const silenceInputSchema = z.strictObject({
  target: inputTarget,
  cause: z.enum(FINDING_CAUSES).nullable().optional(),
  worst: z.enum(VERDICTS).nullable().optional(),
  fromMs: inputMoment.nullable().optional(),
  untilMs: inputMoment,
  comment: z.string().max(MAX_COMMENT_CHARS).optional(),
});
