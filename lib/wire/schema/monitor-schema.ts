import { z } from 'zod';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import type { ServiceStatus } from '#lib/model/status/decide-service-status.ts';
import { countSchema, momentSchema, updateSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

/** `GET /api/status/{service}`, whatever its status code. */
export const serviceStatusSchema = schemaOf<ServiceStatus['body']>()(
  z.strictObject({
    ok: z.boolean(),
    service: z.string().min(1),
    verdict: z.enum(VERDICTS),
    sentence: z.string().min(1),
    sinceMs: momentSchema.nullable(),
    desired: countSchema.nullable(),
    running: countSchema.nullable(),
    healthy: countSchema.nullable(),
    update: updateSchema.nullable(),
    atMs: momentSchema,
  }),
);

/** `GET /api/healthz`: to those who are let in with the numbers of the process, which are no part of the contract. */
export const healthSchema = z.looseObject({ ok: z.literal(true) });

/** `GET /api/readyz`: the sentence to those who are let in. */
export const readySchema = z.strictObject({
  ready: z.boolean(),
  sentence: z.string().min(1).optional(),
  /** Above several swarms: those that are not heard. */
  silent: z.array(z.string()).optional(),
});

/** Every answer that says that something is wrong. */
export const errorSchema = z.looseObject({ error: z.string().min(1) });
