import { z } from 'zod';
import { REPORT_DAYS } from '#lib/model/contract/report.ts';
import { ROLES } from '#lib/model/contract/scope.ts';
import { SWARM_EVENT_KINDS, SWARM_EVENT_LEVELS } from '#lib/model/contract/swarm-event.ts';
import { replicaDetailSchema, serviceDetailSchema } from '#lib/wire/schema/detail-schema.ts';
import {
  eventsPageSchema,
  historyStateSchema,
  lastLogLinesSchema,
  replicaHistorySchema,
  serviceHistorySchema,
  swarmEventSchema,
} from '#lib/wire/schema/history-schema.ts';
import {
  incidentDetailSchema,
  incidentSchema,
  incidentsPageSchema,
} from '#lib/wire/schema/incident-schema.ts';
import { loosen } from '#lib/wire/schema/loosen.ts';
import { nodeDetailSchema } from '#lib/wire/schema/node-schema.ts';
import { comparisonSchema, momentAnswerSchema } from '#lib/wire/schema/past-schema.ts';
import { placesPageSchema } from '#lib/wire/schema/place-schema.ts';
import { reportSchema } from '#lib/wire/schema/report-schema.ts';
import { silencesPageSchema } from '#lib/wire/schema/silence-schema.ts';
import { timelineSchema } from '#lib/wire/schema/timeline-schema.ts';
import { nodeUsageSchema, replicaUsageSchema, serviceUsageSchema } from '#lib/wire/schema/usage-schema.ts';

/** A name has 512 characters at most, and what is hidden in it is written out. */
const text = z.string().max(4_096);
/** As far as a date goes. */
const MAX_MS = 8.64e15;
/** The longest that any page asks for: ten years, and a leap day each. */
const MAX_WINDOW_MS = 3_660 * 86_400_000;
/** Parts of a millisecond are none for a database that asks for whole numbers, and it is closed as if it were broken. */
const number = z.int().min(0).max(MAX_MS);
const moment = number.nullable();
const time = z.number().min(0).max(MAX_MS);
const window = z
  .strictObject({ fromMs: time, untilMs: time })
  .refine(({ fromMs, untilMs }) => fromMs <= untilMs && untilMs - fromMs <= MAX_WINDOW_MS);
const named = z.strictObject({ id: z.string(), name: z.string() }).nullable();

const eventsQuery = z.strictObject({
  sinceMs: moment,
  untilMs: moment,
  before: moment,
  limit: number.max(1_000),
  service: text.nullable(),
  node: text.nullable(),
  kinds: z.array(z.enum(SWARM_EVENT_KINDS)),
  levels: z.array(z.enum(SWARM_EVENT_LEVELS)),
});
const incidentsQuery = z.strictObject({
  state: z.enum(['open', 'over']).nullable(),
  sinceMs: moment,
  untilMs: moment,
  before: text.nullable(),
  limit: number.max(1_000),
  service: text.nullable(),
  node: text.nullable(),
  stack: text.nullable(),
});

const reportTime = z.strictObject({ days: z.literal(REPORT_DAYS), untilMs: moment });

/** To whom the relay answers, where stacks limit them there. */
const scope = z.strictObject({
  isWall: z.literal(false),
  rights: z
    .array(z.strictObject({ role: z.enum(ROLES), stacks: z.array(z.string().max(200)).max(500).nullable() }))
    .max(500),
});

const ask = <W extends z.ZodType, A extends z.ZodType>(asked: W, answer: A) => ({
  with: asked,
  answer: loosen(answer as z.ZodType<z.infer<A>>),
});

/** What a relay asks its source beyond the stream: what is asked with, as a list, and the shape of the answer. */
export const QUESTIONS = {
  service: ask(z.tuple([text]), serviceDetailSchema.nullable()),
  replica: ask(z.tuple([text, text]), replicaDetailSchema.nullable()),
  node: ask(z.tuple([text]), nodeDetailSchema.nullable()),
  'node-labels': ask(z.tuple([]), z.record(z.string(), z.record(z.string(), z.string()))),
  places: ask(z.tuple([text]), placesPageSchema),
  'history-state': ask(z.tuple([]), historyStateSchema),
  'recent-events': ask(z.tuple([]), z.array(swarmEventSchema)),
  events: ask(z.tuple([eventsQuery]), eventsPageSchema),
  'find-service': ask(z.tuple([text]), named),
  'find-service-at': ask(z.tuple([text, number]), named),
  'service-history': ask(z.tuple([text, window]), serviceHistorySchema.nullable()),
  comparison: ask(z.tuple([text, window]), comparisonSchema.nullable()),
  'replica-history': ask(z.tuple([text, text, window]), replicaHistorySchema.nullable()),
  'last-log-lines': ask(z.tuple([text]), lastLogLinesSchema.nullable()),
  'open-incidents': ask(z.tuple([]), z.array(incidentSchema)),
  incidents: ask(z.tuple([incidentsQuery]), incidentsPageSchema),
  incident: ask(z.tuple([text]), incidentDetailSchema.nullable()),
  moment: ask(z.tuple([number, text.nullable()]), momentAnswerSchema),
  'moment-seen': ask(z.tuple([number]), z.boolean().nullable()),
  timeline: ask(z.tuple([window]), timelineSchema),
  'known-from': ask(z.tuple([]), moment),
  report: ask(z.tuple([reportTime]), reportSchema.nullable()),
  'incidents-apart': ask(z.tuple([scope, incidentsQuery]), incidentsPageSchema),
  'incident-apart': ask(z.tuple([scope, text]), incidentDetailSchema.nullable()),
  'timeline-apart': ask(z.tuple([scope, window]), timelineSchema),
  'report-apart': ask(z.tuple([scope, reportTime]), reportSchema.nullable()),
  silences: ask(z.tuple([]), silencesPageSchema),
  'service-usage': ask(z.tuple([text]), serviceUsageSchema.nullable()),
  'node-usage': ask(z.tuple([text]), nodeUsageSchema.nullable()),
  'replica-usage': ask(z.tuple([text, text, window.nullable()]), replicaUsageSchema.nullable()),
} as const;

export type Questions = typeof QUESTIONS;
export type QuestionName = keyof Questions;
export type QuestionWith<Q extends QuestionName> = z.infer<Questions[Q]['with']>;
export type QuestionAnswer<Q extends QuestionName> = z.infer<Questions[Q]['answer']>;

/** `GET /api/relay?ask=&with=` of the source. */
export const RELAY_PATH = '/api/relay';

export function isQuestion(name: string): name is QuestionName {
  return Object.hasOwn(QUESTIONS, name);
}
