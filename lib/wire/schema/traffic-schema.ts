import { z } from 'zod';
import {
  NOT_ASKED,
  type PortFromNode,
  type PortOnNode,
  type PortReach,
  ROTATION_SOURCES,
  type ServiceTraffic,
  UNCHECKED,
} from '#lib/model/contract/traffic.ts';
import { type CheckAsk, PORT_STATES, VIEW_ANSWERS, type WrongAnswer } from '#lib/model/docker/port-check.ts';
import { countSchema, momentSchema } from './picture-schema.ts';
import { schemaOf } from './schema-of.ts';

const askSchema = schemaOf<CheckAsk>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('tcp') }),
    z.strictObject({ kind: z.literal('tls') }),
    z.strictObject({ kind: z.literal('http'), path: z.string().min(1) }),
  ]),
);

const wrongSchema = schemaOf<WrongAnswer>()(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('status'), code: z.int().min(0).max(999) }),
    z.strictObject({ kind: z.literal('no-http') }),
    z.strictObject({ kind: z.literal('no-tls') }),
    z.strictObject({ kind: z.literal('cut') }),
    z.strictObject({ kind: z.literal('silent') }),
  ]),
);

const failureSchema = z.enum(['refused', 'timed-out', 'unreachable', 'wrong']);

const viewSchema = schemaOf<PortFromNode>()(
  z.strictObject({
    nodeId: z.string().min(1),
    hostname: z.string().min(1),
    state: z.enum(VIEW_ANSWERS),
    sinceMs: momentSchema,
    ms: z.number().min(0).nullable(),
    atMs: momentSchema,
  }),
);

const portOnNodeSchema = schemaOf<PortOnNode>()(
  z.strictObject({
    nodeId: z.string().min(1),
    hostname: z.string().min(1),
    address: z.string().min(1).nullable(),
    notAsked: z.enum(NOT_ASKED).nullable(),
    state: z.enum(PORT_STATES).nullable(),
    sinceMs: momentSchema.nullable(),
    expects: z.enum(['answer', 'nothing']).nullable(),
    answered: countSchema,
    asked: countSchema,
    failure: failureSchema.nullable(),
    ms: z.number().min(0).nullable(),
    status: z.int().min(0).max(999).nullable(),
    wrong: wrongSchema.nullable(),
    atMs: momentSchema.nullable(),
    views: z.array(viewSchema),
    seenFrom: z.strictObject({ nodes: countSchema, answering: countSchema }),
  }),
);

export const reachSchema = schemaOf<PortReach>()(z.strictObject({ answering: countSchema, of: countSchema }));

/** `traffic` of `GET /api/services/{name}`. */
export const trafficSchema = schemaOf<ServiceTraffic>()(
  z.strictObject({
    rotation: z.enum(ROTATION_SOURCES),
    ports: z.array(
      z.strictObject({
        mode: z.enum(['ingress', 'host']),
        published: countSchema.nullable(),
        target: countSchema,
        protocol: z.enum(['tcp', 'udp', 'sctp']),
        ask: askSchema.nullable(),
        unchecked: z.enum(UNCHECKED).nullable(),
        through: reachSchema.nullable(),
        nodes: z.array(portOnNodeSchema),
      }),
    ),
    moreNodes: countSchema,
  }),
);
