import { z } from 'zod';
import { CAUSES } from '#lib/model/contract/diagnosis.ts';
import { REPORT_BARS, REPORT_DAYS, type Report, SLO_STATES } from '#lib/model/contract/report.ts';
import { historyStateSchema } from './history-schema.ts';
import { countSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);
const length = z.number().min(0);
const percent = z.number().min(0).max(100).nullable();

const figures = {
  uptime: z.strictObject({
    up: length,
    reduced: length,
    down: length,
    unknown: length,
    uncounted: length,
    percent,
    knownPercent: percent,
  }),
  incidents: z.strictObject({
    count: countSchema,
    open: countSchema,
    recovery: z.strictObject({ count: countSchema, medianMs: length, longestMs: length }).nullable(),
  }),
  restarts: z.array(z.strictObject({ cause: z.enum(CAUSES), count: countSchema })),
  probes: z
    .strictObject({
      count: countSchema,
      failed: countSchema,
      slowestMs: length,
      slowestAtMs: momentSchema,
      slowestKey: z.string().nullable(),
    })
    .nullable(),
};

/** `GET /api/reports`. */
export const reportSchema = schemaOf<Report>()(
  z.strictObject({
    days: z.literal(REPORT_DAYS),
    fromMs: momentSchema,
    untilMs: momentSchema,
    barMs: length,
    keptSinceMs: momentSchema.nullable(),
    scope: z.strictObject({ stack: text.nullable(), service: text.nullable() }),
    total: z.strictObject({ services: countSchema, ...figures }),
    stacks: z.array(z.strictObject({ name: text.nullable(), services: countSchema, ...figures })),
    services: z.array(
      z.strictObject({
        id: text,
        name: text,
        stack: text.nullable(),
        isGone: z.boolean(),
        bars: z.array(z.enum(REPORT_BARS)),
        slo: z
          .strictObject({
            target: z.number(),
            state: z.enum(SLO_STATES),
            allowedMs: length,
            leftMs: z.number(),
            burn: length.nullable(),
          })
          .nullable(),
        ...figures,
      }),
    ),
    isCut: z.boolean(),
    history: historyStateSchema,
  }),
);
