import { z } from 'zod';
import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import {
  diagnosisSchema,
  replicaDetailSchema,
  serviceDetailSchema,
  taskDetailSchema,
} from './detail-schema.ts';
import {
  fleetEventsPageSchema,
  fleetHitsSchema,
  fleetIncidentsPageSchema,
  fleetMessageSchema,
  fleetSchema,
  fleetStatusSchema,
} from './fleet-schema.ts';
import {
  eventsPageSchema,
  lastLogLinesSchema,
  replicaHistorySchema,
  serviceHistorySchema,
  swarmEventSchema,
} from './history-schema.ts';
import { incidentDetailSchema, incidentsPageSchema } from './incident-schema.ts';
import { logMessageSchema, logSchema } from './log-schema.ts';
import { messageSchema } from './message-schema.ts';
import { errorSchema, healthSchema, readySchema, serviceStatusSchema } from './monitor-schema.ts';
import { nodeDetailSchema, nodesPageSchema } from './node-schema.ts';
import {
  evidenceSchema,
  healthCheckSchema,
  nodePictureSchema,
  probeSchema,
  quorumSchema,
  replicaSchema,
  servicePictureSchema,
  swarmPictureSchema,
} from './picture-schema.ts';
import { placesPageSchema } from './place-schema.ts';
import { reportSchema } from './report-schema.ts';
import { rolloutSchema, specChangeSchema } from './rollout-schema.ts';
import { silenceInputSchema, silenceSchema, silencesPageSchema } from './silence-schema.ts';
import { timelineSchema } from './timeline-schema.ts';
import { nodeUsageSchema, replicaUsageSchema, serviceUsageSchema } from './usage-schema.ts';

/** The schemas that have a name in the document; all others stand where they are used. */
export const API_SCHEMAS = {
  Diagnosis: diagnosisSchema,
  Error: errorSchema,
  Event: swarmEventSchema,
  EventsPage: eventsPageSchema,
  IncidentDetail: incidentDetailSchema,
  IncidentsPage: incidentsPageSchema,
  Evidence: evidenceSchema,
  Fleet: fleetSchema,
  FleetEventsPage: fleetEventsPageSchema,
  FleetHits: fleetHitsSchema,
  FleetIncidentsPage: fleetIncidentsPageSchema,
  FleetMessage: fleetMessageSchema,
  FleetStatus: fleetStatusSchema,
  HealthCheck: healthCheckSchema,
  LastLogLines: lastLogLinesSchema,
  Log: logSchema,
  LogMessage: logMessageSchema,
  Node: nodePictureSchema,
  NodeDetail: nodeDetailSchema,
  NodesPage: nodesPageSchema,
  NodeUsage: nodeUsageSchema,
  PlacesPage: placesPageSchema,
  Probe: probeSchema,
  Quorum: quorumSchema,
  Replica: replicaSchema,
  ReplicaDetail: replicaDetailSchema,
  ReplicaHistory: replicaHistorySchema,
  ReplicaUsage: replicaUsageSchema,
  RelayAnswer: z.unknown(),
  Report: reportSchema,
  Rollout: rolloutSchema,
  Service: servicePictureSchema,
  ServiceDetail: serviceDetailSchema,
  ServiceHistory: serviceHistorySchema,
  ServiceStatus: serviceStatusSchema,
  ServiceUsage: serviceUsageSchema,
  Silence: silenceSchema,
  SilenceInput: silenceInputSchema,
  SilencesPage: silencesPageSchema,
  SpecChange: specChangeSchema,
  StreamMessage: messageSchema,
  Swarm: swarmPictureSchema,
  Timeline: timelineSchema,
  Task: taskDetailSchema,
  Health: healthSchema,
  Ready: readySchema,
} satisfies Record<string, z.ZodType>;

type Name = keyof typeof API_SCHEMAS;

interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description: string;
  schema: Record<string, unknown>;
}

/** One path of the API, as it is asked with GET; with POST, where it is one of {@link CHANGES}. */
export interface Operation {
  path: string;
  /** What is sent, as JSON. */
  body?: Name;
  summary: string;
  parameters: Parameter[];
  /** What is answered, by status code. Those that every path may answer are left out: 401, 403, 405, 421. */
  answers: Partial<Record<200 | 201 | 400 | 404 | 409 | 415 | 429 | 503, { schema: Name; text: string }>>;
  /** Other forms of the answer 200, by media type. */
  otherForms?: Record<string, { schema: Name | 'text'; text: string }>;
}

const text = { type: 'string' };
const query = (name: string, description: string, schema: Record<string, unknown>): Parameter => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
});
const inPath = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: text,
});
const SERVICE = inPath('name', 'name or id of the service');
const KEY = inPath('key', 'slot number, or the id of the node for a global service');
const moment = { type: 'integer', minimum: 0, description: 'epoch milliseconds' };
const WINDOW = [
  query('fromMs', 'from when on; an hour before `untilMs` when not given', moment),
  query('untilMs', 'until when; now when not given', moment),
];
const LOG = [
  query('tail', 'newest lines of each container', {
    type: 'integer',
    minimum: 0,
    maximum: 1000,
    default: 100,
  }),
  query('follow', '1: newline-separated JSON as it comes', { enum: ['1'] }),
  query('format', 'text: a text file, whole', { enum: ['text'] }),
];
const LOG_FORMS: Operation['otherForms'] = {
  'application/x-ndjson': { schema: 'LogMessage', text: 'with `follow=1`: one message a line' },
  'text/plain': { schema: 'text', text: 'with `format=text`' },
};
const missing = { schema: 'Error', text: 'there is none of this name now' } as const;
const unread = { schema: 'Error', text: 'the swarm was not read yet' } as const;
const oneSwarm = { schema: 'Error', text: 'there is but one swarm' } as const;
const badQuery = { schema: 'Error', text: 'a parameter is wrong, said in words' } as const;
const ok = (schema: Name, description = 'as of now') => ({ schema, text: description });

export const OPERATIONS: readonly Operation[] = [
  { path: '/api/swarm', summary: 'The whole picture', parameters: [], answers: { 200: ok('Swarm') } },
  {
    path: '/api/services/{name}',
    summary: 'One service, with the tasks of every slot, newest first',
    parameters: [SERVICE],
    answers: { 200: ok('ServiceDetail'), 404: missing, 503: unread },
  },
  {
    path: '/api/services/{name}/history',
    summary: 'Every slot of a service over time',
    parameters: [SERVICE, ...WINDOW],
    answers: { 200: ok('ServiceHistory'), 400: badQuery, 404: missing, 503: unread },
  },
  {
    path: '/api/services/{name}/usage',
    summary: 'What each replica of a service uses now; asking makes it be read more often for 15 s',
    parameters: [SERVICE],
    answers: { 200: ok('ServiceUsage'), 404: missing, 503: unread },
  },
  {
    path: '/api/services/{name}/{key}/usage',
    summary: 'What a replica uses now, and with `fromMs` or `untilMs` what it used in that time',
    parameters: [SERVICE, KEY, ...WINDOW],
    answers: { 200: ok('ReplicaUsage'), 400: badQuery, 404: missing, 503: unread },
  },
  {
    path: '/api/nodes/{name}/usage',
    summary: 'What Swarm’s containers on a node use now, together and each',
    parameters: [inPath('name', 'hostname or id of the node')],
    answers: {
      200: ok('NodeUsage'),
      404: missing,
      409: { schema: 'Error', text: 'several nodes have that hostname; `ids` has theirs' },
      503: unread,
    },
  },
  {
    path: '/api/services/{name}/log',
    summary: 'What all replicas of a service write, by time',
    parameters: [SERVICE, ...LOG],
    answers: {
      200: ok('Log'),
      404: missing,
      503: { schema: 'Error', text: 'too many logs are read, or unread' },
    },
    otherForms: LOG_FORMS,
  },
  {
    path: '/api/services/{name}/{key}',
    summary: 'One replica: its probes, its life, the earlier tasks of its slot',
    parameters: [SERVICE, KEY],
    answers: { 200: ok('ReplicaDetail'), 404: missing, 503: unread },
  },
  {
    path: '/api/services/{name}/{key}/history',
    summary: 'Probes, statuses and tasks of one replica over time, and its uptime',
    parameters: [SERVICE, KEY, ...WINDOW],
    answers: { 200: ok('ReplicaHistory'), 400: badQuery, 404: missing, 503: unread },
  },
  {
    path: '/api/services/{name}/{key}/log',
    summary: 'What one replica writes, or one task of it',
    parameters: [
      SERVICE,
      KEY,
      ...LOG,
      query('task', 'one task of the replica, while its container exists', text),
    ],
    answers: {
      200: ok('Log'),
      404: missing,
      503: { schema: 'Error', text: 'too many logs are read, or unread' },
    },
    otherForms: LOG_FORMS,
  },
  {
    path: '/api/tasks/{id}/last-words',
    summary: 'The last log lines of a dead task',
    parameters: [inPath('id', 'id of the task')],
    answers: { 200: ok('LastLogLines'), 404: missing, 503: unread },
  },
  {
    path: '/api/nodes',
    summary: 'Every node with its replicas counted by status, and the quorum',
    parameters: [],
    answers: { 200: ok('NodesPage') },
  },
  {
    path: '/api/nodes/{name}',
    summary: 'One node, with its replicas and what each service keeps without it',
    parameters: [inPath('name', 'hostname or id of the node')],
    answers: {
      200: ok('NodeDetail'),
      404: missing,
      409: { schema: 'Error', text: 'several nodes have that hostname; `ids` has theirs' },
      503: unread,
    },
  },
  {
    path: '/api/places',
    summary: 'Which services publish a port, and whose an address is',
    parameters: [query('q', 'a port (`:8080`) or the beginning of an address (`10.0.1.7`)', text)],
    answers: { 200: ok('PlacesPage'), 503: unread },
  },
  {
    path: '/api/events',
    summary: 'What happened, newest first',
    parameters: [
      query('sinceMs', 'only what happened since', moment),
      query('untilMs', 'only what happened before', moment),
      query('before', 'only what is older than the event of this id: the next page', {
        type: 'integer',
        minimum: 0,
      }),
      query('limit', 'so many', { type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
      query('service', 'only of this service', text),
      query('node', 'only of this node', text),
      query('kind', `one or more, separated by commas: ${SWARM_EVENT_KINDS.join(', ')}`, text),
      query('level', `one or more, separated by commas: ${SWARM_EVENT_LEVELS.join(', ')}`, text),
    ],
    answers: { 200: ok('EventsPage'), 400: badQuery },
  },
  {
    path: '/api/incidents',
    summary: 'What belongs together of what was wrong, the newest first',
    parameters: [
      query('state', 'only those that last, or that are over', { enum: ['open', 'over'] }),
      query('sinceMs', 'only what lasted until then or later', moment),
      query('untilMs', 'only what had begun by then', moment),
      query('before', 'only what is older than the incident of this id: the next page', text),
      query('limit', 'so many', { type: 'integer', minimum: 1, maximum: 200, default: 50 }),
      query('service', 'only what touched this service', text),
      query('node', 'only what this node explains', text),
      query('stack', 'only what touched a service of this stack', text),
    ],
    answers: { 200: ok('IncidentsPage'), 400: badQuery },
  },
  {
    path: '/api/incidents/{id}',
    summary: 'One incident: its course, what changed before it, and its replicas over its time',
    parameters: [
      inPath('id', 'its id: it stays, and leads to the whole where it became a part of another'),
      query('format', 'as JSON, or as a text in Markdown', { enum: ['json', 'md'] }),
    ],
    answers: {
      200: ok('IncidentDetail'),
      404: { schema: 'Error', text: 'there is none, or the history keeps it no more' },
      503: unread,
    },
  },
  {
    path: '/api/reports',
    summary: 'How long services were up, and what was wrong with them, over some days',
    parameters: [
      query('days', 'of so many days', { enum: [1, 7, 30, 90], default: 30 }),
      query(
        'until',
        'to the end of this day in UTC, which is over, or to this moment (epoch milliseconds); until now when not given',
        text,
      ),
      query('stack', 'only of this stack', text),
      query('service', 'only of this service', text),
      query('format', 'as JSON, as CSV with a line for each service, or as a text in Markdown', {
        enum: ['json', 'csv', 'md'],
      }),
    ],
    answers: {
      200: ok('Report'),
      400: badQuery,
      404: { schema: 'Error', text: 'nothing of that name is known in this time' },
      503: { schema: 'Error', text: 'the history cannot be read now' },
    },
  },
  {
    path: '/api/timeline',
    summary:
      'The swarm on one axis of time: what happened, counted by slots and lanes, and when nothing was recorded',
    parameters: [
      query('fromMs', 'where the window begins: an hour before its end when not given', moment),
      query('untilMs', 'where it ends: now when not given', moment),
    ],
    answers: { 200: ok('Timeline'), 400: badQuery },
  },
  {
    path: '/api/status/{service}',
    summary: 'For uptime monitors: is all well with this service?',
    parameters: [inPath('service', 'name or id of the service')],
    answers: {
      200: ok('ServiceStatus', 'all is well with it'),
      404: { schema: 'ServiceStatus', text: 'there is no such service' },
      503: { schema: 'ServiceStatus', text: 'not all is well, or it cannot be told' },
    },
  },
  {
    path: '/api/fleet',
    summary: 'Of a server that shows several swarms: all of them, each with its counts and worst problems',
    parameters: [],
    answers: { 200: ok('Fleet'), 404: oneSwarm },
  },
  {
    path: '/api/fleet/events',
    summary: 'Of a server that shows several swarms: what happened in all of them, the newest first',
    parameters: [
      query('untilMs', 'only what happened by then: `olderUntilMs` of the page before', moment),
      query('level', `one or more, separated by commas: ${SWARM_EVENT_LEVELS.join(', ')}`, text),
    ],
    answers: { 200: ok('FleetEventsPage'), 400: badQuery, 404: oneSwarm },
  },
  {
    path: '/api/fleet/incidents',
    summary:
      'Of a server that shows several swarms: the newest incidents of all of them, and those that last',
    parameters: [query('state', 'only those that last, or that are over', { enum: ['open', 'over'] })],
    answers: { 200: ok('FleetIncidentsPage'), 400: badQuery, 404: oneSwarm },
  },
  {
    path: '/api/fleet/search',
    summary:
      'Of a server that shows several swarms: what answers to a name or the beginning of an id in each',
    parameters: [query('q', 'what is looked for', text)],
    answers: { 200: ok('FleetHits'), 404: oneSwarm },
  },
  {
    path: '/api/fleet/stream',
    summary:
      'Of a server that shows several swarms: server-sent events, all of them and then each that changed',
    parameters: [],
    answers: { 200: ok('FleetMessage', 'the `data` of each event'), 404: oneSwarm },
  },
  {
    path: '/api/silences',
    summary:
      'What nobody wants to be told of: open silences, the first to end first, and those that were over within 30 days',
    parameters: [],
    answers: { 200: ok('SilencesPage'), 503: { schema: 'Error', text: 'a relay cannot ask its source' } },
  },
  {
    path: '/api/status',
    summary: 'Of a server that shows several swarms: whether all is well with all of them',
    parameters: [],
    answers: {
      200: ok('FleetStatus', 'all are well'),
      404: oneSwarm,
      503: { schema: 'FleetStatus', text: 'one is not, or is silent' },
    },
  },
  {
    path: '/api/stream',
    summary: 'Server-sent events: a snapshot, then changes and events, and a beat every 2 s',
    parameters: [
      query('from', 'the revision that is known already', text),
      {
        name: 'Last-Event-ID',
        in: 'header',
        required: false,
        description: 'to go on where it ended',
        schema: text,
      },
    ],
    answers: { 200: ok('StreamMessage', 'the `data` of each event') },
  },
  {
    path: '/api/relay',
    summary: 'For a relay of the same version: what pages ask beside the stream. No part of the contract',
    parameters: [
      query('ask', 'the name of a question', text),
      query('with', 'what it is asked with, a list in JSON', text),
    ],
    answers: {
      200: ok('RelayAnswer', 'whatever the question asks for'),
      400: badQuery,
      503: { schema: 'Error', text: 'it cannot be read' },
    },
  },
  {
    path: '/api/healthz',
    summary: 'This process is up. Answered to everybody; its numbers to those who are let in',
    parameters: [],
    answers: { 200: ok('Health') },
  },
  {
    path: '/api/readyz',
    summary:
      'A manager was read in full since the start; above several swarms: there is something to say of one. Answered to everybody',
    parameters: [],
    answers: { 200: ok('Ready', 'yes'), 503: ok('Ready', 'not yet') },
  },
];

/** What changes something, with POST: nothing of Docker's. */
export const CHANGES: readonly Operation[] = [
  {
    path: '/api/silences',
    summary:
      'Silences a service, a stack, a node, or one cause of the swarm until a time; for the role admin of what it is of',
    parameters: [],
    body: 'SilenceInput',
    answers: {
      201: ok('Silence', 'it is silenced'),
      400: { schema: 'Error', text: 'the body is not as described' },
      404: { schema: 'Error', text: 'there is nothing of this name' },
      409: {
        schema: 'Error',
        text: 'there are 200 open silences, or 50 of that stack; or this is a relay, and the message says where to go',
      },
      415: { schema: 'Error', text: 'not sent as JSON' },
      429: { schema: 'Error', text: 'too many changes within a minute' },
      503: { schema: 'Error', text: 'silences cannot be kept now; the message says why' },
    },
  },
  {
    path: '/api/silences/{id}/end',
    summary: 'Ends a silence now; it is kept as one that was ended. For the role admin of what it is of',
    parameters: [inPath('id', 'id of the silence')],
    answers: {
      200: ok('Silence', 'it is over'),
      400: { schema: 'Error', text: 'a body that is neither empty nor {}' },
      404: { schema: 'Error', text: 'there is no such silence' },
      409: { schema: 'Error', text: 'it is over already; or this is a relay' },
      429: { schema: 'Error', text: 'too many changes within a minute' },
      503: { schema: 'Error', text: 'silences cannot be kept now; the message says why' },
    },
  },
];

/** The OpenAPI document of the API, made of the schemas that the end-to-end tests hold the answers against. */
export function toOpenApi(version: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Swarm Vitals',
      version,
      summary: 'The whole health of a Docker Swarm, live, down to the single probe.',
      description:
        'Of Docker it is read only; what is silenced can be changed. JSON, camelCase, times as epoch milliseconds. Fields are added without a new version; their meaning is not changed without one. Sentences, evidence, outputs and log lines are text for people: untrusted, and not to be parsed.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '.', description: 'where this document is served, below a base path too' }],
    security: [{ token: [] }, { password: [] }, { session: [] }],
    paths: toPaths(),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'VITALS_API_TOKEN' },
        password: { type: 'http', scheme: 'basic', description: 'the password, with any name' },
        session: { type: 'apiKey', in: 'cookie', name: 'vitals-session' },
      },
      schemas: toSchemas(),
    },
  };
}

function toPaths(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of OPERATIONS) paths[operation.path] = { get: toOperation(operation) };
  for (const change of CHANGES) paths[change.path] = { ...paths[change.path], post: toOperation(change) };
  return paths;
}

function toOperation({
  path,
  body,
  summary,
  parameters,
  answers,
  otherForms = {},
}: Operation): Record<string, unknown> {
  const type = path.endsWith('/stream') ? 'text/event-stream' : 'application/json';
  const responses = Object.entries(answers).map(([code, { schema, text: description }]) => {
    const forms = code === '200' ? Object.entries(otherForms) : [];
    return [
      code,
      {
        description: [description, ...forms.map(([form, one]) => `${form} ${one.text}`)].join('; '),
        content: {
          [type]: { schema: toRef(schema) },
          ...Object.fromEntries(
            forms.map(([form, one]) => [form, { schema: one.schema === 'text' ? text : toRef(one.schema) }]),
          ),
        },
      },
    ];
  });
  const isPublic = path === '/api/healthz' || path === '/api/readyz';
  return {
    summary,
    ...(isPublic ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: toRef(body) } } } }),
    responses: Object.fromEntries(responses),
  };
}

const toRef = (name: Name) => ({ $ref: `#/components/schemas/${name}` });

function toSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(API_SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Our tests refuse a field too many; who reads the API must not: fields are added.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      // Every whole number of JavaScript: says nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, { $schema, $id, ...schema }]) => [id, schema]),
  );
}
