import { z } from 'zod';
import { INCIDENT_KINDS, INCIDENT_STATES } from '#lib/model/contract/incident.ts';
import { SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import { TIMELINE_LANES, type Timeline } from '#lib/model/contract/timeline.ts';
import { historyStateSchema } from './history-schema.ts';
import { countSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);
const stretch = { fromMs: momentSchema, untilMs: momentSchema };

export const timelineSchema = schemaOf<Timeline>()(
  z.strictObject({
    ...stretch,
    slotMs: countSchema,
    marks: z.array(
      z.strictObject({
        lane: z.enum(TIMELINE_LANES),
        stack: z.string().nullable(),
        ...stretch,
        count: countSchema,
        level: z.enum(SWARM_EVENT_LEVELS),
        isEnd: z.boolean(),
        text: text.nullable(),
      }),
    ),
    bars: z.array(
      z.strictObject({
        lane: z.enum(['nodes', 'managers', 'unknown']).nullable(),
        incidentId: text,
        kind: z.enum(INCIDENT_KINDS),
        state: z.enum(INCIDENT_STATES),
        isCritical: z.boolean(),
        title: text,
        fromMs: momentSchema,
        untilMs: momentSchema.nullable(),
      }),
    ),
    moreIncidents: z.boolean(),
    unknown: z.array(z.strictObject(stretch)),
    countedFromMs: momentSchema.nullable(),
    checks: z.boolean(),
    knownFromMs: momentSchema.nullable(),
    history: historyStateSchema,
  }),
);
