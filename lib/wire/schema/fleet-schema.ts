import { z } from 'zod';
import {
  FLEET_VERSION,
  type FleetEventsPage,
  type FleetHit,
  type FleetHits,
  type FleetIncidentsPage,
  type FleetPicture,
  type FleetSaid,
  type FleetStatus,
  type FleetSwarm,
} from '#lib/model/contract/fleet.ts';
import type { NodeState } from '#lib/model/contract/node-state.ts';
import { REPLICA_STATUSES } from '#lib/model/contract/replica-status.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import type { FleetMessage } from '#lib/wire/fleet-message.ts';
import { swarmEventSchema } from './history-schema.ts';
import { incidentLineSchema } from './incident-schema.ts';
import { countSchema, evidenceSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const NODE_STATES = [
  'down',
  'unknown',
  'manager-unreached',
  'draining',
  'paused',
  'impaired',
  'ready',
] as const satisfies readonly NodeState[];

const nameSchema = z.string().min(1).max(40);
const statusSchema = z.enum(REPLICA_STATUSES);

const saidSchema = schemaOf<FleetSaid>()(
  z.strictObject({
    title: z.string(),
    demo: z.boolean(),
    verdict: z.enum(VERDICTS),
    sentence: z.string(),
    problems: countSchema,
    services: z.strictObject({
      total: countSchema,
      well: countSchema,
      unknown: countSchema,
      changing: countSchema,
    }),
    replicas: z.strictObject({
      desired: countSchema,
      healthy: countSchema,
      byStatus: z.record(statusSchema, countSchema),
    }),
    nodes: z.strictObject({ total: countSchema, ready: countSchema, notReady: z.string().nullable() }),
    managers: z.strictObject({ total: countSchema, reachable: countSchema }),
    engines: z.array(z.string()),
    worst: z.array(
      z.strictObject({
        id: z.string(),
        kind: z.enum(['swarm', 'node', 'service']),
        name: z.string(),
        isBad: z.boolean(),
        verdict: z.enum(VERDICTS),
        nodeState: z.enum(NODE_STATES).nullable(),
        sinceMs: momentSchema.nullable(),
        silencedUntilMs: momentSchema.optional(),
        sentence: z.string(),
        evidence: evidenceSchema.nullable(),
        counts: z.string().nullable(),
        cells: z.array(statusSchema),
        replicas: countSchema,
      }),
    ),
    silenced: z.strictObject({ count: countSchema, firstMs: momentSchema, lastMs: momentSchema }).optional(),
  }),
);

const swarmSchema = schemaOf<FleetSwarm>()(
  z.strictObject({
    name: nameSchema,
    state: z.enum(['live', 'silent', 'waiting']),
    heardAtMs: momentSchema.nullable(),
    reason: z.string().nullable(),
    said: saidSchema.nullable(),
  }),
);

const eventSchema = swarmEventSchema.extend({ swarm: nameSchema });

/** `GET /api/fleet`. */
export const fleetSchema = schemaOf<FleetPicture>()(
  z.strictObject({
    version: z.literal(FLEET_VERSION),
    revision: countSchema,
    atMs: momentSchema,
    swarms: z.array(swarmSchema),
    events: z.array(eventSchema),
  }),
);

const turn = { atMs: momentSchema, revision: countSchema };

/** The `data` of each event of `GET /api/fleet/stream`. */
export const fleetMessageSchema = schemaOf<FleetMessage>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('fleet'),
      wire: countSchema,
      build: z.string(),
      epoch: z.string(),
      fleet: fleetSchema,
    }),
    z.strictObject({ kind: z.literal('swarm'), ...turn, swarm: swarmSchema }),
    z.strictObject({ kind: z.literal('swarm-gone'), ...turn, name: nameSchema }),
    z.strictObject({ kind: z.literal('events'), atMs: momentSchema, events: z.array(eventSchema) }),
    z.strictObject({ kind: z.literal('beat'), ...turn }),
  ]),
);

const hitSchema = schemaOf<FleetHit>()(
  z.strictObject({
    kind: z.enum(['service', 'node', 'replica', 'task', 'container', 'port']),
    href: z.string(),
    name: z.string(),
    of: z.string().nullable(),
    status: z.enum([...VERDICTS, ...NODE_STATES, ...REPLICA_STATUSES]),
  }),
);

/** `GET /api/fleet/search`. */
export const fleetHitsSchema = schemaOf<FleetHits>()(
  z.strictObject({
    query: z.string(),
    swarms: z.array(z.strictObject({ swarm: nameSchema, hits: z.array(hitSchema), total: countSchema })),
    unanswered: z.array(nameSchema),
  }),
);

const gapSchema = z.strictObject({ swarm: nameSchema, sentence: z.string() });

/** `GET /api/fleet/events`. */
export const fleetEventsPageSchema = schemaOf<FleetEventsPage>()(
  z.strictObject({
    events: z.array(eventSchema),
    olderUntilMs: momentSchema.nullable(),
    gaps: z.array(gapSchema),
  }),
);

/** `GET /api/fleet/incidents`. */
export const fleetIncidentsPageSchema = schemaOf<FleetIncidentsPage>()(
  z.strictObject({
    incidents: z.array(z.strictObject({ swarm: nameSchema, incident: incidentLineSchema })),
    more: z.array(nameSchema),
    gaps: z.array(gapSchema),
  }),
);

/** `GET /api/status`, whatever its status code. */
export const fleetStatusSchema = schemaOf<FleetStatus>()(
  z.strictObject({
    ok: z.boolean(),
    atMs: momentSchema,
    swarms: z.array(
      z.strictObject({
        name: nameSchema,
        ok: z.boolean(),
        state: z.enum(['live', 'silent', 'waiting']),
        verdict: z.enum(VERDICTS),
        sentence: z.string(),
      }),
    ),
  }),
);
