import type { AgentRequest, LogQuery, Refusal } from './agent-request.ts';
import { net } from './builtins.ts';
import type { PortPlace } from './connect-port.ts';
import type { AgentConfig } from './parse-agent-config.ts';

/** Longer than any target of ours: the longest asks for fifty ids. */
const MAX_TARGET = 6_000;
const MAX_IDS = 50;
const ID = /^[a-f0-9]{12,64}$/;
/** As many lines of a log as one may ask for. */
const MAX_TAIL = 10_000;
const CONTAINER = /^\/containers\/([a-f0-9]{12,64})\/(json|logs|stats)$/;
/** Unix seconds, with up to nine digits after the point. */
const TIME = /^\d{1,12}(\.\d{1,9})?$/;

type Options = Pick<AgentConfig, 'logs' | 'usage' | 'plainContainers' | 'checks'>;

export interface ParsedTarget {
  /** `1.41`, or `null` when the path has none. */
  apiVersion: string | null;
  request: AgentRequest;
}

/**
 * What a request asks for. Paths are Docker's own, with or without `/v1.41` before them, and matched as a whole: no
 * escapes, no sub-paths, no names. Filters that were sent are not looked at, but for the one that asks for what Swarm did
 * not make and the two that ask which of some containers do not run: the agent has its own.
 */
export function parseAgentRequest(method: string, target: string, options: Options): ParsedTarget | Refusal {
  if (method !== 'GET') return refuse(405, 'The agent answers GET alone.');
  if (target.length > MAX_TARGET) return refuse(400, 'The address is too long.');
  const [whole = '', search = ''] = split(target);
  const versioned = /^\/v(\d{1,2}\.\d{1,3})(\/.*)$/.exec(whole);
  const path = versioned?.[2] ?? whole;
  const query = new URLSearchParams(search);
  const request = toRequest(path, query, options);
  return request.kind === 'refused' ? request : { apiVersion: versioned?.[1] ?? null, request };
}

function toRequest(
  path: string,
  query: URLSearchParams,
  { logs, usage, plainContainers, checks }: Options,
): AgentRequest | Refusal {
  switch (path) {
    case '/_ping':
      return { kind: 'ping' };
    case '/version':
      return { kind: 'version' };
    case '/info':
      return { kind: 'info' };
    case '/containers/json':
      if (query.get('filters') === IS_NO_TASK)
        return plainContainers ? { kind: 'plain-containers' } : refuse(403, NO_PLAIN);
      return toStoppedRequest(query.get('filters')) ?? toContainersRequest(query);
    case '/vitals/ports':
      return checks ? toPortsRequest(query.get('at')) : refuse(403, NO_CHECKS);
    case '/events':
      return { kind: 'events', since: toTime(query.get('since')) };
  }
  const [, id, what] = CONTAINER.exec(path) ?? [];
  if (id === undefined) return refuse(403, 'The agent does not answer this path.');
  if (what === 'json') return { kind: 'container', id };
  if (what === 'stats')
    return usage
      ? { kind: 'stats', id }
      : refuse(403, 'What containers use is switched off (VITALS_USAGE=off).');
  if (!logs) return refuse(403, 'Container logs are switched off (VITALS_LOGS=off).');
  return { kind: 'log', id, query: toLogQuery(query) };
}

/** The one filter that is looked at: its very text. */
const IS_NO_TASK = '{"is-task":["false"]}';
const NO_PLAIN =
  'The agent does not tell of containers that Swarm did not make (VITALS_PLAIN_CONTAINERS is off there).';

const NO_CHECKS = 'The agent connects to no ports (VITALS_CHECKS is off there).';
const MAX_PLACES = 8;
const PLACE = /^(?:([0-9.]{7,15})|\[([0-9a-f:]{2,39})\]):([1-9]\d{0,4})$/i;

/** `10.0.0.1:80,[fd00::1]:80`: a choice among what the agent's own engine lists, and no more than that. */
function toPortsRequest(text: string | null): AgentRequest | Refusal {
  const parts = (text ?? '').split(',', MAX_PLACES + 1);
  const places = new Map<string, PortPlace>();
  for (const part of parts) {
    const [, four, six, digits] = PLACE.exec(part) ?? [];
    const address = four ?? six ?? '';
    const port = Number(digits);
    if (net.isIP(address) === 0 || port > MAX_PORT) return refuse(400, 'No address and port of a node.');
    places.set(part, { address, port });
  }
  return places.size > MAX_PLACES
    ? refuse(400, 'So many ports are not asked at once.')
    : { kind: 'ports', places: [...places.values()] };
}

const MAX_PORT = 65_535;

function toContainersRequest(query: URLSearchParams): AgentRequest {
  return { kind: 'containers', limit: query.get('limit') === '1' ? 1 : null };
}

/** `{"is-task":…,"id":[…],"status":…}` and `{"since":[…],"label":…}`: of both, the ids alone. */
function toStoppedRequest(filters: string | null): AgentRequest | null {
  const { id, status, since } = parseFilters(filters);
  if (isIds(id) && status !== undefined) return { kind: 'stopped-containers', ids: id };
  return isIds(since) ? { kind: 'missing-containers', ids: since } : null;
}

function parseFilters(text: string | null): { id?: unknown; status?: unknown; since?: unknown } {
  try {
    const parsed: unknown = JSON.parse(text ?? '{}');
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function isIds(value: unknown): value is string[] {
  const isId = (id: unknown) => typeof id === 'string' && ID.test(id);
  return Array.isArray(value) && value.length > 0 && value.length <= MAX_IDS && value.every(isId);
}

function toLogQuery(query: URLSearchParams): LogQuery {
  const tail = Number(query.get('tail') ?? Number.NaN);
  return {
    tail: Number.isInteger(tail) && tail >= 0 ? Math.min(tail, MAX_TAIL) : MAX_TAIL,
    since: toTime(query.get('since')),
    until: toTime(query.get('until')),
    follow: isOn(query.get('follow')),
    stdout: isOn(query.get('stdout')),
    stderr: isOn(query.get('stderr')),
  };
}

function split(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

const toTime = (text: string | null) => (text !== null && TIME.test(text) ? text : null);
const isOn = (text: string | null) => text === '1' || text === 'true';

function refuse(statusCode: Refusal['statusCode'], message: string): Refusal {
  return { kind: 'refused', statusCode, message };
}
