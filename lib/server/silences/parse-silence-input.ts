import type { z } from 'zod';
import { CAUSES } from '#lib/model/contract/diagnosis.ts';
import { type FindingCause, NODE_CAUSES, SERVICE_CAUSES, SWARM_CAUSES } from '#lib/model/contract/finding.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { silenceInputSchema } from '#lib/wire/schema/silence-schema.ts';

/** The longest that one lasts, and how long before it begins it can be made. */
const MAX_SILENCE_MS = 30 * 86_400_000;
/** What is over before anybody reads it is a slip. */
const MIN_SILENCE_MS = 60_000;

type SilenceInputBody = z.infer<typeof silenceInputSchema>;

/** What somebody wants silenced, as far as it can be told without looking at the swarm. */
export interface SilenceInput {
  target: SilenceInputBody['target'];
  cause: FindingCause | null;
  worst: Verdict | null;
  fromMs: number;
  untilMs: number;
  comment: string;
}

/** @returns a sentence: what is wrong with it */
export function parseSilenceInput(value: unknown, nowMs: number): SilenceInput | string {
  const parsed = silenceInputSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.map(String).join('.') ?? '';
    return `${place === '' ? 'The body' : place.slice(0, 60)} is not as the API describes it: a target, untilMs, and where wanted cause, worst, fromMs and comment.`;
  }
  const { target, cause = null, worst = null, untilMs, comment = '' } = parsed.data;
  const fromMs = Math.max(parsed.data.fromMs ?? nowMs, nowMs);
  const silence = { target, cause, worst, fromMs, untilMs, comment };
  return checkTimes(silence, nowMs) ?? checkCause(silence) ?? silence;
}

function checkTimes({ fromMs, untilMs }: SilenceInput, nowMs: number): string | null {
  if (untilMs <= nowMs) return 'untilMs is over: a silence ends at a time to come.';
  if (untilMs - fromMs < MIN_SILENCE_MS) return 'A silence lasts a minute at least.';
  if (untilMs - fromMs > MAX_SILENCE_MS) return 'A silence lasts 30 days at most.';
  if (fromMs - nowMs > MAX_SILENCE_MS) return 'A silence begins within the next 30 days.';
  return null;
}

/** One that could never cover anything looks like one that does. */
function checkCause({ target, cause, worst }: SilenceInput): string | null {
  const isOne = (causes: readonly string[]) => cause !== null && causes.includes(cause);
  if (target.kind === 'swarm' && !isOne(SWARM_CAUSES))
    return 'Of the swarm as a whole one cause is silenced, of those that it can have.';
  if (target.kind === 'node' && cause !== null && !isOne(NODE_CAUSES))
    return 'A node cannot have this cause.';
  const isOfServices = target.kind === 'service' || target.kind === 'stack';
  if (isOfServices && cause !== null && !isOne(CAUSES) && !isOne(SERVICE_CAUSES))
    return 'A service cannot have this cause.';
  if (worst !== null && (target.kind === 'node' || target.kind === 'swarm'))
    return 'worst is a verdict of services: leave it out for a node and for the swarm.';
  if (worst !== null && isOk(worst)) return 'worst is a verdict that is a problem.';
  return null;
}
