import type { IncomingMessage } from 'node:http';
import { createListDecoder } from '#lib/engine/docker/decode/create-list-decoder.ts';
import { parseJson } from '#lib/engine/docker/decode/parse-json.ts';
import { type AnswerKind, findAnswerLimits } from '#lib/engine/docker/transport/answer-limits.ts';
import { BodyError, toBodyError } from '#lib/engine/docker/transport/body-error.ts';
import { createByteBudget } from '#lib/engine/docker/transport/create-byte-budget.ts';
import { readBody } from '#lib/engine/docker/transport/read-body.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';
import { hideLogin } from '#lib/model/text/masking/hide-login.ts';
import { maskText } from '#lib/model/text/masking/mask-text.ts';
import type { AgentRequest } from './agent-request.ts';
import type { EngineLink } from './create-engine-link.ts';
import { maskContainer, maskError } from './mask-container.ts';
import { isRaw, project, type Raw, type Shape } from './project.ts';
import { projectStats } from './project-stats.ts';
import { CONTAINER, INFO, PLAIN_SUMMARY, SUMMARY, VERSION } from './shapes.ts';

/** What goes back: a status and a text, projected already. */
export interface Answer {
  statusCode: number;
  body: string;
  type: 'application/json' | 'text/plain; charset=utf-8';
}

/** A manager may look for its leader this long before it answers `/info`. */
const TIMEOUT_MS = 25_000;
/** What all answers hold that are being read: an agent has 128 MB. */
const BUDGET = createByteBudget(24_000_000);
const MAX_ERROR_TEXT = 500;

type Whole = Extract<
  AgentRequest,
  | { kind: 'ping' | 'version' | 'info' | 'containers' | 'plain-containers' | 'container' | 'stats' }
  | { kind: 'stopped-containers' | 'missing-containers' }
>;

/** Why there is no answer, in words that may go to whoever asked. */
export class AnswerError extends Error {}

/**
 * Asks the engine and leaves out of its answer what nobody may see. Rejects when the engine does not answer, and when
 * `left` says that nobody waits any more.
 */
export async function answerRequest(
  link: EngineLink,
  apiVersion: string | null,
  request: Whole,
  left: AbortSignal,
  { plainContainers }: { plainContainers: boolean },
): Promise<Answer> {
  const prefix = apiVersion === null ? '' : `/v${apiVersion}`;
  const { path, query } = toEngineTarget(request);
  const signal = AbortSignal.any([left, AbortSignal.timeout(TIMEOUT_MS)]);
  const purpose = request.kind === 'ping' ? 'ping' : 'call';
  const response = await link.get(purpose, `${prefix}${path}`, query, signal);
  const statusCode = response.statusCode ?? 502;
  if (statusCode !== 200) return toError(statusCode, await readEngineError(response));
  const projected = await readProjected(request, response, signal, plainContainers);
  if (projected === 'ping') return { statusCode, body: 'OK', type: 'text/plain; charset=utf-8' };
  if (projected === null) return toError(502, 'The engine answers, but not as Docker does.');
  if (projected === 'not-a-task') return toError(404, `No such container: ${toId(request)}`);
  return { statusCode, body: JSON.stringify(projected), type: 'application/json' };
}

/** An error as Docker would word it. */
export function toError(statusCode: number, message: string): Answer {
  return { statusCode, body: JSON.stringify({ message }), type: 'application/json' };
}

/** Docker's own words for an error. Never rejects. */
export async function readEngineError(response: IncomingMessage): Promise<string> {
  return readWhole('error', response, (body) => readMessage(body.toString())).catch(
    () => 'The engine refused.',
  );
}

/** What `decode` makes of the engine's answer, within the limits of its kind. */
export async function readWhole<T>(
  kind: AnswerKind,
  response: IncomingMessage,
  decode: (body: Buffer) => T | Promise<T>,
): Promise<T> {
  const limits = findAnswerLimits(kind);
  try {
    const { body, release } = await readBody(response, { limits, budget: BUDGET, onBytes: () => {} });
    try {
      return await decode(body);
    } finally {
      release();
    }
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    throw new AnswerError(toBodyError(error, { path: kind, display: 'the engine', limits }).message);
  }
}

/** Docker's own error text, `{"message": …}`, cut to a length; nothing for other bodies. */
export function readMessage(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const message = isRaw(parsed) ? parsed.message : null;
    return typeof message === 'string' ? maskText(message.slice(0, MAX_ERROR_TEXT)) : 'The engine refused.';
  } catch {
    return 'The engine refused.';
  }
}

/** Whether an inspected container is one that Swarm made for a task. */
export async function isTaskContainer(link: EngineLink, id: string): Promise<boolean> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response: IncomingMessage = await link.get('call', `/containers/${id}/json`, {}, signal);
  if (response.statusCode !== 200) {
    await readEngineError(response);
    return false;
  }
  return (await readProjected({ kind: 'container', id }, response, signal)) !== 'not-a-task';
}

function toEngineTarget(request: Whole): { path: string; query: Record<string, string> } {
  switch (request.kind) {
    case 'ping':
      return { path: '/_ping', query: {} };
    case 'version':
      return { path: '/version', query: {} };
    case 'info':
      return { path: '/info', query: {} };
    case 'containers': {
      const query: Record<string, string> = { all: '1', filters: '{"is-task":["true"]}' };
      if (request.limit !== null) query.limit = String(request.limit);
      return { path: '/containers/json', query };
    }
    case 'stopped-containers':
      return toListTarget({ 'is-task': ['true'], id: request.ids, status: STOPPED });
    case 'missing-containers':
      // Each of them must be there, or the engine answers with an error; no container has such a label.
      return toListTarget({ since: request.ids, label: ['none'] });
    case 'plain-containers':
      return { path: '/containers/json', query: { filters: '{"is-task":["false"]}' } };
    case 'container':
      return { path: `/containers/${request.id}/json`, query: {} };
    case 'stats':
      // Without `one-shot` the engine waits for a second reading.
      return { path: `/containers/${request.id}/stats`, query: { stream: 'false', 'one-shot': 'true' } };
  }
}

/** All that Docker knows but `running`. */
const STOPPED = ['created', 'restarting', 'removing', 'paused', 'exited', 'dead'];

const toListTarget = (filters: Record<string, string[]>) => ({
  path: '/containers/json',
  query: { all: '1', filters: JSON.stringify(filters) },
});

type Projected = Raw | Raw[] | 'ping' | 'not-a-task' | null;

async function readProjected(
  request: Whole,
  response: IncomingMessage,
  signal: AbortSignal,
  plainContainers = false,
): Promise<Projected> {
  const { kind } = request;
  if (kind === 'ping') return readWhole('ping', response, () => 'ping');
  if (kind === 'stats')
    return readWhole(kind, response, (body) => projectStats(parseJson(body, findAnswerLimits(kind))));
  if (kind !== 'version' && kind !== 'info' && kind !== 'container') {
    const shape = kind === 'plain-containers' ? PLAIN_SUMMARY : SUMMARY;
    return readWhole('containers', response, (body) => toSummaries(body, shape, signal));
  }
  const answer = kind === 'container' ? 'inspect' : kind;
  return readWhole(answer, response, (body) =>
    toProjected(kind, parseJson(body, findAnswerLimits(answer)), plainContainers),
  );
}

async function toSummaries(body: Buffer, shape: Shape, signal: AbortSignal): Promise<Raw[]> {
  const limits = findAnswerLimits('containers');
  const toItem = (raw: unknown) => maskSummary(project(raw, shape));
  return (await createListDecoder({ limits, toItem, versioned: false }).decode(body, signal)).items;
}

/** What of an engine's answer goes on; `not-a-task`: nothing, since Swarm did not make that container. */
export function toProjected(
  kind: 'version' | 'info' | 'container',
  raw: unknown,
  plainContainers: boolean,
): Projected {
  if (kind === 'info') return maskInfo(project(raw, INFO));
  if (kind === 'version') {
    const version = project(raw, VERSION);
    return version && { ...version, VitalsAgent: AGENT_LEVEL };
  }
  const container = project(raw, CONTAINER);
  const config = isRaw(container?.Config) ? container.Config : {};
  const labels = isRaw(config.Labels) ? config.Labels : {};
  const isTask = labels['com.docker.swarm.task.id'] !== undefined;
  return isTask || plainContainers ? maskContainer(container) : 'not-a-task';
}

/** The image of one that somebody started may name its registry with a login. */
function maskSummary(summary: Raw | null): Raw | null {
  if (summary === null || typeof summary.Image !== 'string') return summary;
  return { ...summary, Image: hideLogin(summary.Image.slice(0, MAX_IMAGE_CHARS)) };
}

const MAX_IMAGE_CHARS = 1_024;

/** Why the swarm has no leader may quote an address. */
function maskInfo(info: Raw | null): Raw | null {
  return info && isRaw(info.Swarm) ? { ...info, Swarm: { ...info.Swarm, ...maskError(info.Swarm) } } : info;
}

const toId = (request: Whole) => ('id' in request ? request.id : '');
