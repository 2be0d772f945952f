import { randomBytes } from 'node:crypto';
import { createRateLimit, createTokenBucket } from '#lib/flow/create-rate-limit.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findSilenceRole, isAtLeast, type Scope } from '#lib/model/contract/scope.ts';
import {
  type Silence,
  type SilencesPage,
  type SilenceTarget,
  toSilenceState,
} from '#lib/model/contract/silence.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import { toVisibleName } from '#lib/model/text/show-hidden.ts';
import type { Silences } from './create-silences.ts';
import { parseSilenceInput, type SilenceInput } from './parse-silence-input.ts';

/** Who wants something silenced, or no longer. */
export interface Actor {
  scope: Scope;
  /** `null`: it is not known who, only that they are let in. */
  name: string | null;
}

export type SilenceResult =
  | { kind: 'done'; silence: Silence }
  | { kind: 'refused'; statusCode: 400 | 403 | 404 | 409 | 429 | 503; error: string };

/** What pages and routes may ask of silences. */
export interface SilenceAnswers {
  /** Where they are made instead; `null`: here. */
  readonly elsewhere: string | null;
  list(): Promise<SilencesPage>;
  /** @param wanted the body, as it was sent */
  add(wanted: unknown, actor: Actor): Promise<SilenceResult>;
  end(id: string, actor: Actor): Promise<SilenceResult>;
}

const MAX_NAME_CHARS = 200;
/** Of one stack and its services, so that its admins leave those of others room. */
const MAX_OPEN_OF_STACK = 50;
const TOO_MANY = 'There are 200 open silences already: silence a stack, or end some that are not needed.';
const TOO_MANY_OF_STACK = `There are ${MAX_OPEN_OF_STACK} open silences of this stack already: silence the stack, or end some that are not needed.`;
const IS_OVER = 'This silence is over already.';
const TOO_FAST = 'That were many changes of silences within a minute. Try again in a moment.';

/** Those that somebody may see, as far as their role shows what people write. */
export function selectSilences(page: SilencesPage, scope: Scope): SilencesPage {
  const silences = page.silences.filter(
    ({ target, stack }) => findSilenceRole(scope, target.kind, stack) !== null,
  );
  return { ...page, silences };
}

export function createSilenceAnswers(parts: {
  silences: Silences;
  picture(): SwarmPicture;
  nowMs(): number;
  /** Monotonic, in milliseconds. */
  steadyMs(): number;
  /** Why a restart would forget them; `null`: it would not. */
  inMemory(): string | null;
}): SilenceAnswers {
  const { silences, picture, nowMs, steadyMs } = parts;
  const rate = { perSecond: 1 / 3, burst: 20, nowMs: steadyMs };
  const each = createRateLimit(rate);
  const all = createTokenBucket({ ...rate, perSecond: 1, burst: 60 });

  /** Their stacks, while they are written. */
  const beingMade: string[] = [];

  function hasRoomOf(stack: string): boolean {
    const open = silences
      .list()
      .filter((one) => one.stack === stack && toSilenceState(one, nowMs()) !== 'over');
    return open.length + beingMade.filter((one) => one === stack).length < MAX_OPEN_OF_STACK;
  }

  async function make(silence: Silence): Promise<Silence | null> {
    if (silence.stack !== null) beingMade.push(silence.stack);
    try {
      return (await silences.add(silence)) ? silence : null;
    } finally {
      if (silence.stack !== null) beingMade.splice(beingMade.indexOf(silence.stack), 1);
    }
  }

  const isTooFast = ({ name }: Actor) => !each.take(name ?? '') || !all.take();

  /** @param why not, where it gives none */
  async function attempt(why: string, change: () => Promise<Silence | null>): Promise<SilenceResult> {
    try {
      const silence = await change();
      return silence === null ? refuse(409, why) : { kind: 'done', silence };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return refuse(503, `Nothing was changed, since silences cannot be kept now: ${reason}`);
    }
  }

  return {
    elsewhere: null,
    async list() {
      const why = silences.problem();
      const problem =
        why === null
          ? parts.inMemory()
          : `Silences cannot be read now, so there may be others; those that are known go on: ${why}`;
      return { atMs: nowMs(), silences: silences.list(), problem };
    },
    async add(wanted, actor) {
      const input = parseSilenceInput(wanted, nowMs());
      if (typeof input === 'string') return refuse(400, input);
      const found = findTarget(input.target, picture());
      const role = found && findSilenceRole(actor.scope, found.target.kind, found.stack);
      if (found === null || role === null)
        return picture().ready
          ? refuse(404, 'There is nothing of this name to silence.')
          : refuse(503, 'The swarm was not read yet.');
      if (!isAtLeast(role, 'admin')) return refuse(403, `This is for the role admin; yours is ${role}.`);
      if (isTooFast(actor)) return refuse(429, TOO_FAST);
      if (found.stack !== null && !hasRoomOf(found.stack)) return refuse(409, TOO_MANY_OF_STACK);
      return attempt(TOO_MANY, () => make(toSilence(input, found, actor, nowMs())));
    },
    async end(id, actor) {
      const silence = silences.find(id);
      const role = silence && findSilenceRole(actor.scope, silence.target.kind, silence.stack);
      if (silence === null || role === null) return refuse(404, 'There is no such silence.');
      if (!isAtLeast(role, 'admin')) return refuse(403, `This is for the role admin; yours is ${role}.`);
      if (toSilenceState(silence, nowMs()) === 'over') return refuse(409, IS_OVER);
      if (isTooFast(actor)) return refuse(429, TOO_FAST);
      return attempt(IS_OVER, () => silences.end(silence, toName(actor)));
    },
  };
}

const refuse = (
  statusCode: Extract<SilenceResult, { kind: 'refused' }>['statusCode'],
  error: string,
): SilenceResult => ({ kind: 'refused', statusCode, error });

/** What is there of it now: nobody can tell whose a service is that is not. */
function findTarget(
  target: SilenceInput['target'],
  { services, nodes }: SwarmPicture,
): { target: SilenceTarget; stack: string | null } | null {
  switch (target.kind) {
    case 'service': {
      const service = services.find(({ name }) => name === target.name);
      return service === undefined ? null : { target, stack: service.stack };
    }
    case 'stack':
      return services.some(({ stack }) => stack === target.name) ? { target, stack: target.name } : null;
    case 'node': {
      const node = nodes.find(({ id }) => id === target.nodeId);
      return node === undefined ? null : { target: { ...target, hostname: node.hostname }, stack: null };
    }
    case 'swarm':
      return { target, stack: null };
  }
}

/** What a person wrote is shown to others, and kept: without secrets, in one line, and nothing in it that hides or turns text. */
function toSilence(
  { cause, worst, fromMs, untilMs, comment }: SilenceInput,
  { target, stack }: { target: SilenceTarget; stack: string | null },
  actor: Actor,
  nowMs: number,
): Silence {
  const line = comment.replaceAll(/\s+/g, ' ').trim();
  return {
    id: randomBytes(9).toString('base64url'),
    ...{ target, stack, cause, worst, fromMs, untilMs },
    comment: toVisibleName(maskText(line)),
    by: toName(actor),
    createdAtMs: nowMs,
    ended: null,
  };
}

const toName = ({ name }: Actor) => (name === null ? null : toVisibleName(name.slice(0, MAX_NAME_CHARS)));
