import { BodyError, readBody } from '#lib/engine/docker/transport/read-body.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import type { AgentRequest } from './agent-request.ts';
import type { EngineLink, Purpose } from './create-engine-link.ts';
import { maskContainer, maskText } from './mask-container.ts';
import { isRaw, project, type Raw } from './project.ts';
import { CONTAINER, INFO, SUMMARY, VERSION } from './shapes.ts';

/** What goes back: a status and a text, projected already. */
export interface Answer {
  statusCode: number;
  body: string;
  type: 'application/json' | 'text/plain; charset=utf-8';
}

/** A manager may look for its leader this long before it answers `/info`. */
const TIMEOUT_MS = 25_000;
/** Of an engine with thousands of containers; parsed, a list takes five times as much. */
const MAX_LIST_BYTES = 16 * 1024 * 1024;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_ERROR_TEXT = 500;

type Whole = Extract<AgentRequest, { kind: 'ping' | 'version' | 'info' | 'containers' | 'container' }>;

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
): Promise<Answer> {
  const prefix = apiVersion === null ? '' : `/v${apiVersion}`;
  const { path, query } = toEngineTarget(request);
  const signal = AbortSignal.any([left, AbortSignal.timeout(TIMEOUT_MS)]);
  const maxBytes = request.kind === 'containers' ? MAX_LIST_BYTES : MAX_BYTES;
  const purpose = request.kind === 'ping' ? 'ping' : 'call';
  const { statusCode, body } = await ask(link, {
    purpose,
    path: `${prefix}${path}`,
    query,
    signal,
    maxBytes,
  });
  if (statusCode !== 200) return toError(statusCode, readMessage(body));
  if (request.kind === 'ping') return { statusCode, body: 'OK', type: 'text/plain; charset=utf-8' };
  const projected = toProjected(request, JSON.parse(body));
  if (projected === null) return toError(502, 'The engine answers, but not as Docker does.');
  if (projected === 'not-a-task') return toError(404, `No such container: ${toId(request)}`);
  return { statusCode, body: JSON.stringify(projected), type: 'application/json' };
}

/** An error as Docker would word it. */
export function toError(statusCode: number, message: string): Answer {
  return { statusCode, body: JSON.stringify({ message }), type: 'application/json' };
}

/** Docker's own error text, `{"message": …}`, cut to a length; nothing for other bodies. */
export function readMessage(body: string): string {
  try {
    const parsed: unknown = JSON.parse(body);
    const message = isRaw(parsed) ? parsed.message : null;
    return typeof message === 'string'
      ? maskSecrets(message.slice(0, MAX_ERROR_TEXT))
      : 'The engine refused.';
  } catch {
    return 'The engine refused.';
  }
}

/** Whether an inspected container is one that Swarm made for a task. */
export async function isTaskContainer(link: EngineLink, id: string): Promise<boolean> {
  const path = `/containers/${id}/json`;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { statusCode, body } = await ask(link, {
    purpose: 'call',
    path,
    query: {},
    signal,
    maxBytes: MAX_BYTES,
  });
  return statusCode === 200 && toProjected({ kind: 'container', id }, JSON.parse(body)) !== 'not-a-task';
}

async function ask(
  link: EngineLink,
  question: {
    purpose: Purpose;
    path: string;
    query: Record<string, string>;
    signal: AbortSignal;
    maxBytes: number;
  },
): Promise<{ statusCode: number; body: string }> {
  const { purpose, path, query, signal, maxBytes } = question;
  const response = await link.get(purpose, path, query, signal);
  try {
    const body = await readBody(response, { maxBytes, onBytes: () => {} });
    return { statusCode: response.statusCode ?? 502, body: body.toString() };
  } catch (error) {
    if (!(error instanceof BodyError) || error.reason !== 'too-large') throw error;
    const mb = maxBytes / 1024 / 1024;
    throw new AnswerError(`The engine's answer is larger than the ${mb} MB that an agent reads.`);
  }
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
    case 'container':
      return { path: `/containers/${request.id}/json`, query: {} };
  }
}

function toProjected(request: Whole, raw: unknown): Raw | Raw[] | 'not-a-task' | null {
  switch (request.kind) {
    case 'version': {
      const version = project(raw, VERSION);
      return version && { ...version, VitalsAgent: AGENT_LEVEL };
    }
    case 'info':
      return maskInfo(project(raw, INFO));
    case 'containers':
      return Array.isArray(raw)
        ? raw.map((one) => project(one, SUMMARY)).filter((one) => one !== null)
        : null;
    case 'container': {
      const container = project(raw, CONTAINER);
      const config = isRaw(container?.Config) ? container.Config : {};
      const labels = isRaw(config.Labels) ? config.Labels : {};
      return labels['com.docker.swarm.task.id'] === undefined ? 'not-a-task' : maskContainer(container);
    }
    default:
      return null;
  }
}

/** Why the swarm has no leader may quote an address. */
function maskInfo(info: Raw | null): Raw | null {
  return info && isRaw(info.Swarm)
    ? { ...info, Swarm: { ...info.Swarm, ...maskText(info.Swarm, 'Error') } }
    : info;
}

const toId = (request: Whole) => ('id' in request ? request.id : '');
