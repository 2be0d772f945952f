import { z } from 'zod';
import { FINDING_CAUSES } from '#lib/model/contract/finding-causes.ts';
import {
  INCIDENT_KINDS,
  INCIDENT_STATES,
  type Incident,
  type IncidentDetail,
  type IncidentLine,
  type IncidentsPage,
} from '#lib/model/contract/incident.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { historyStateSchema, swarmEventSchema } from './history-schema.ts';
import { countSchema, evidenceSchema, momentSchema, silencedSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);
const textOrNull = text.nullable();

const reason = {
  cause: z.enum(FINDING_CAUSES).nullable(),
  sentence: textOrNull,
  evidence: evidenceSchema.nullable(),
  hint: textOrNull,
};

const stretch = { fromMs: momentSchema, untilMs: momentSchema.nullable() };

export const incidentSchema = schemaOf<Incident>()(
  z.strictObject({
    id: text,
    kind: z.enum(INCIDENT_KINDS),
    state: z.enum(INCIDENT_STATES),
    title: text,
    course: z.array(text),
    startedAtMs: momentSchema,
    recoveredAtMs: momentSchema.nullable(),
    endedAtMs: momentSchema.nullable(),
    isStartSeen: z.boolean(),
    isEndSeen: z.boolean(),
    reason: z.strictObject(reason),
    nodes: z.array(z.strictObject({ id: text, hostname: textOrNull, ...stretch, ...reason })),
    services: z.array(
      z.strictObject({
        id: text,
        name: text,
        stack: textOrNull,
        ...stretch,
        replicas: countSchema,
        keys: z.array(text),
        ends: countSchema,
        ...reason,
      }),
    ),
    counts: z.strictObject({
      nodes: countSchema,
      services: countSchema,
      replicas: countSchema,
      moved: countSchema,
      ends: countSchema,
    }),
    isCritical: z.boolean(),
    unknown: countSchema,
    returns: countSchema,
  }),
);

/** One of those that last, in a message of the stream. */
export const incidentLineSchema = schemaOf<IncidentLine>()(
  incidentSchema.pick({
    id: true,
    kind: true,
    state: true,
    title: true,
    course: true,
    counts: true,
    startedAtMs: true,
    endedAtMs: true,
    isCritical: true,
  }),
);

/** `GET /api/incidents`. */
export const incidentsPageSchema = schemaOf<IncidentsPage>()(
  z.strictObject({ incidents: z.array(incidentSchema), more: z.boolean(), history: historyStateSchema }),
);

/** `GET /api/incidents/{id}`. */
export const incidentDetailSchema = schemaOf<IncidentDetail>()(
  z.strictObject({
    incident: incidentSchema,
    events: z.array(swarmEventSchema),
    isCut: z.boolean(),
    before: z.array(swarmEventSchema),
    lanes: z.array(
      z.strictObject({
        serviceId: text,
        serviceName: text,
        key: text,
        slot: countSchema.nullable(),
        hostname: textOrNull,
        spans: z.array(
          z.strictObject({
            ...stretch,
            status: z.enum(REPLICA_STATUSES),
            taskId: textOrNull,
            sentence: textOrNull,
          }),
        ),
      }),
    ),
    history: historyStateSchema,
    silenced: silencedSchema.nullable().optional(),
  }),
);
