import type { IncomingMessage } from 'node:http';
import { readBody } from '#lib/engine/docker/transport/read-body.ts';
import { AGENT_LEVEL } from '#lib/model/docker/agent-level.ts';
import type { AgentRequest } from './agent-request.ts';
import type { EngineLink } from './create-engine-link.ts';
import { maskContainer } from './mask-container.ts';
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
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_ERROR_TEXT = 500;

type Whole = Extract<AgentRequest, { kind: 'ping' | 'version' | 'info' | 'containers' | 'container' }>;

/** Asks the engine and leaves out of its answer what nobody may see. Rejects when the engine does not answer. */
export async function answerRequest(
  link: EngineLink,
  apiVersion: string | null,
  request: Whole,
): Promise<Answer> {
  const prefix = apiVersion === null ? '' : `/v${apiVersion}`;
  const { path, query } = toEngineTarget(request);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const response = await link.get(`${prefix}${path}`, query, signal);
  const body = (await readBody(response, { maxBytes: MAX_BYTES, onBytes: () => {} })).toString();
  const statusCode = response.statusCode ?? 502;
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
    return typeof message === 'string' ? message.slice(0, MAX_ERROR_TEXT) : 'The engine refused.';
  } catch {
    return 'The engine refused.';
  }
}

/** Whether an inspected container is one that Swarm made for a task. */
export async function isTaskContainer(link: EngineLink, id: string): Promise<boolean> {
  const response: IncomingMessage = await link.get(
    `/containers/${id}/json`,
    {},
    AbortSignal.timeout(TIMEOUT_MS),
  );
  const body = (await readBody(response, { maxBytes: MAX_BYTES, onBytes: () => {} })).toString();
  return (
    response.statusCode === 200 && toProjected({ kind: 'container', id }, JSON.parse(body)) !== 'not-a-task'
  );
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
      return project(raw, INFO);
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

const toId = (request: Whole) => ('id' in request ? request.id : '');
