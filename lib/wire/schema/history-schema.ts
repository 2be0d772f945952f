import { z } from 'zod';
import { CAUSES } from '#lib/model/contract/diagnosis.ts';
import type {
  EventsPage,
  HistoryState,
  LastLogLines,
  ReplicaHistory,
  ServiceHistory,
  TaskSegment,
} from '#lib/model/contract/history.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS, type SwarmEvent } from '#lib/model/contract/swarm-event.ts';
import { PORT_STATES } from '#lib/model/docker/port-check.ts';
import { countSchema, evidenceSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const text = z.string().min(1);
const textOrNull = text.nullable();

export const swarmEventSchema = schemaOf<SwarmEvent>()(
  z.strictObject({
    id: countSchema,
    atMs: momentSchema,
    kind: z.enum(SWARM_EVENT_KINDS),
    level: z.enum(SWARM_EVENT_LEVELS),
    serviceId: textOrNull,
    serviceName: textOrNull,
    replicaKey: textOrNull,
    nodeId: textOrNull,
    hostname: textOrNull,
    taskId: textOrNull,
    text,
    evidence: evidenceSchema.nullable(),
  }),
);

export const historyStateSchema = schemaOf<HistoryState>()(
  z.strictObject({ kind: z.enum(['disk', 'database', 'late', 'memory', 'broken']), sentence: text }),
);

const stretch = { fromMs: momentSchema, untilMs: momentSchema.nullable() };
const spanSchema = z.strictObject({
  ...stretch,
  status: z.enum(REPLICA_STATUSES),
  taskId: textOrNull,
  sentence: textOrNull,
});

const segmentSchema = schemaOf<TaskSegment>()(
  z.strictObject({
    ...stretch,
    taskId: text,
    nodeId: textOrNull,
    hostname: textOrNull,
    image: z.string(),
    end: z
      .strictObject({
        atMs: momentSchema,
        cause: z.enum(CAUSES).nullable(),
        sentence: text,
        evidence: evidenceSchema.nullable(),
        exitCode: z.int().nullable(),
        oomKilled: z.boolean(),
      })
      .nullable(),
    hasLastLines: z.boolean(),
  }),
);

const probeSeriesSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('exact'),
    probes: z.array(
      z.strictObject({
        taskId: text,
        startedAtMs: momentSchema,
        durationMs: countSchema,
        exitCode: z.int(),
        output: countSchema,
      }),
    ),
    outputs: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal('buckets'),
    bucketMs: countSchema,
    buckets: z.array(
      z.strictObject({
        fromMs: momentSchema,
        untilMs: momentSchema,
        count: countSchema,
        failed: countSchema,
        minMs: countSchema,
        medianMs: countSchema,
        maxMs: countSchema,
      }),
    ),
  }),
]);

const uptime = z.strictObject({
  percent: z.number().min(0).max(100).nullable(),
  knownMs: countSchema,
  windowMs: countSchema,
});

/** `GET /api/services/{name}/{key}/history`. */
export const replicaHistorySchema = schemaOf<ReplicaHistory>()(
  z.strictObject({
    serviceId: text,
    serviceName: text,
    key: text,
    fromMs: momentSchema,
    untilMs: momentSchema,
    timeoutMs: z.number().nullable(),
    intervalMs: z.number().nullable(),
    probes: probeSeriesSchema,
    spans: z.array(spanSchema),
    tasks: z.array(segmentSchema),
    uptime: z.strictObject({ h1: uptime, h24: uptime, d7: uptime }),
    history: historyStateSchema,
  }),
);

/** `GET /api/services/{name}/history`. */
export const serviceHistorySchema = schemaOf<ServiceHistory>()(
  z.strictObject({
    serviceId: text,
    serviceName: text,
    fromMs: momentSchema,
    untilMs: momentSchema,
    slots: z.array(
      z.strictObject({
        key: text,
        slot: countSchema.nullable(),
        hostname: textOrNull,
        current: z.boolean(),
        segments: z.array(segmentSchema),
        spans: z.array(spanSchema),
      }),
    ),
    ports: z.array(
      z.strictObject({
        port: countSchema,
        nodeId: text,
        spans: z.array(
          z.strictObject({
            fromMs: momentSchema,
            untilMs: momentSchema.nullable(),
            state: z.enum(PORT_STATES),
          }),
        ),
      }),
    ),
    restartsByCause: z.array(z.strictObject({ cause: z.enum(CAUSES), count: countSchema, sentence: text })),
    history: historyStateSchema,
  }),
);

/** `GET /api/events`. */
export const eventsPageSchema = schemaOf<EventsPage>()(
  z.strictObject({
    events: z.array(swarmEventSchema),
    more: z.boolean(),
    lookedTo: z.strictObject({ id: countSchema, atMs: momentSchema }).optional(),
    history: historyStateSchema,
  }),
);

/** `GET /api/tasks/{id}/last-words`. */
export const lastLogLinesSchema = schemaOf<LastLogLines>()(
  z.strictObject({
    taskId: text,
    lines: z
      .array(
        z.strictObject({
          atMs: z.number().nullable(),
          stream: z.enum(['stdout', 'stderr']),
          text: z.string(),
        }),
      )
      .max(50),
    problem: textOrNull,
  }),
);
