import { parseBasePath } from '#lib/build/parse-base-path.ts';
import { findSecretProblem } from '#lib/engine/agent-handshake.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import type { MaskPattern } from '#lib/model/text/masking/mask-secrets.ts';
import type { AccessConfig } from './access/access.ts';
import { parseAccess } from './access/parse-access.ts';
import { parseMask } from './parse-mask.ts';
import { readSecret } from './read-secret.ts';
import { parseWebhook, type WebhookConfig } from './webhook/parse-webhook.ts';

/** How the engines of the nodes are reached. */
export type EngineAccess =
  /** Only the engines behind the manager endpoints themselves. */
  | { kind: 'managers' }
  | { kind: 'list'; endpoints: string[] }
  /** One endpoint per node: `{addr}` and `{hostname}` stand for the node's own. */
  | { kind: 'pattern'; pattern: string }
  /** The agent on each node, found through the tasks of its service. */
  | { kind: 'agents'; service: string; secret: string; port: number; caPath: string | null };

export interface Config {
  /** Manager endpoints in the order they are tried; the first is the one asked for. */
  managers: string[];
  /** Where `managers` came from, to name it in messages. */
  managersFrom: 'VITALS_MANAGERS' | 'DOCKER_HOST' | 'default';
  engines: EngineAccess;
  /** Folder with ca.pem, cert.pem and key.pem; `null`: no TLS by certificate. */
  certPath: string | null;
  tlsVerify: boolean;
  /** Folder of the history; `null`: it is kept in memory. */
  dataFolder: string | null;
  /** How far back the history goes, and how much of the disk it takes, whichever is reached first. */
  historyDays: number;
  historyMb: number;
  /** What is masked besides the obvious secrets; `null`: nothing is masked at all. */
  mask: MaskPattern[] | null;
  /** Whether what containers write may be read. */
  logs: boolean;
  access: AccessConfig;
  /** What stands before every path, such as `/swarm`; empty at the root of a host. */
  basePath: string;
  /** Who is told when a verdict turns; `null`: nobody. */
  webhook: WebhookConfig | null;
  /** The endpoints lead to the demo swarm: every page says so. */
  demo: boolean;
  /** Which build of the pages this server serves: an open page of another one reloads itself. */
  build: string;
}

export const DEFAULT_ENDPOINT = 'unix:///var/run/docker.sock';

/** Every problem of the settings at once, each a sentence that names the variable. */
export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the settings (docs/configuration.md) from environment variables. Empty ones count as not set.
 *
 * @throws ConfigError with every problem found
 */
export function parseConfig(env: Record<string, string | undefined> = process.env): Config {
  const problems: string[] = [];
  const get = (name: string) => env[name]?.trim() || null;

  const listed = splitList(get('VITALS_MANAGERS'));
  const host = get('DOCKER_HOST');
  const managers = listed.length > 0 ? listed : [host ?? DEFAULT_ENDPOINT];
  const managersFrom = listed.length > 0 ? 'VITALS_MANAGERS' : host ? 'DOCKER_HOST' : 'default';
  for (const endpoint of managers) checkEndpoint(endpoint, managersFrom, problems);

  const demo = get('VITALS_DEMO');
  if (demo !== null && demo !== '0' && demo !== '1') {
    problems.push(`VITALS_DEMO: 1 shows the demo swarm, 0 never does; not "${demo}".`);
  }
  const engines = parseAgents(get, problems) ?? parseEngines(get('VITALS_ENGINES'), problems);
  const tlsVerify = get('DOCKER_TLS_VERIFY');
  const dataFolder = get('VITALS_DATA');
  const historyDays = parseCount('VITALS_HISTORY_DAYS', get('VITALS_HISTORY_DAYS'), 1, 3_650, problems) ?? 8;
  // What memory holds is lost with the process anyway: a day of a swarm of a thousand replicas.
  const historyMb =
    parseCount('VITALS_HISTORY_MB', get('VITALS_HISTORY_MB'), 16, 1_000_000, problems) ??
    (dataFolder === null ? 64 : 1_024);
  const logs = get('VITALS_LOGS');
  if (logs !== null && logs !== 'on' && logs !== 'off') {
    problems.push(`VITALS_LOGS: on or off, not "${logs}".`);
  }
  const basePath = parseBasePath(get('VITALS_BASE_PATH'), problems);
  return failOr(problems, {
    managers: [...new Set(managers)],
    managersFrom,
    engines,
    certPath: get('DOCKER_CERT_PATH'),
    tlsVerify: tlsVerify !== null,
    access: parseAccess(get, problems),
    basePath,
    webhook: parseWebhook(get, basePath, problems),
    dataFolder,
    historyDays,
    historyMb,
    mask: parseMask(get, problems),
    logs: logs !== 'off',
    // Set by `npm start` for the server that it points at the demo swarm.
    demo: get('VITALS_DEMO_ACTIVE') === '1',
    build: get('VITALS_BUILD') ?? 'unknown',
  });
}

const DEFAULT_AGENT_PORT = 9501;

/** `null`: agents are not what was asked for. */
function parseAgents(get: (name: string) => string | null, problems: string[]): EngineAccess | null {
  const service = get('VITALS_AGENT_SERVICE');
  if (service === null) return null;
  if (get('VITALS_ENGINES') !== null)
    problems.push('VITALS_AGENT_SERVICE and VITALS_ENGINES are two ways to the engines: set one of them.');
  const secret = readSecret('VITALS_AGENT_SECRET', get, problems);
  if (secret === null && problems.length === 0)
    problems.push(
      'VITALS_AGENT_SECRET or VITALS_AGENT_SECRET_FILE: the agents answer only with their secret.',
    );
  const weakness = secret === null || secret === '' ? null : findSecretProblem(secret);
  if (weakness !== null) problems.push(`VITALS_AGENT_SECRET: ${weakness}`);
  const port = Number(get('VITALS_AGENT_PORT') ?? DEFAULT_AGENT_PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    problems.push(
      `VITALS_AGENT_PORT: a port is a number from 1 to 65535, not "${get('VITALS_AGENT_PORT')}".`,
    );
  return { kind: 'agents', service, secret: secret ?? '', port, caPath: get('VITALS_AGENT_CA') };
}

function parseEngines(text: string | null, problems: string[]): EngineAccess {
  const entries = splitList(text);
  const [first] = entries;
  if (first === undefined) return { kind: 'managers' };
  if (!entries.some((entry) => entry.includes('{'))) {
    for (const endpoint of entries) checkEndpoint(endpoint, 'VITALS_ENGINES', problems);
    return { kind: 'list', endpoints: [...new Set(entries)] };
  }
  const unknown = first.replaceAll(/\{(addr|hostname)\}/g, 'x');
  if (entries.length > 1) {
    problems.push('VITALS_ENGINES: give either one pattern or a list of endpoints, not both.');
  } else if (unknown.includes('{')) {
    problems.push(`VITALS_ENGINES: a pattern knows {addr} and {hostname} only, not "${first}".`);
  } else {
    checkEndpoint(unknown, 'VITALS_ENGINES', problems);
  }
  return { kind: 'pattern', pattern: first };
}

function parseCount(
  name: string,
  text: string | null,
  min: number,
  max: number,
  problems: string[],
): number | null {
  if (text === null) return null;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= min && count <= max) return count;
  problems.push(`${name}: a whole number from ${min} to ${max}, not "${text}".`);
  return null;
}

/** Its shape only: whether the certificates can be read is found out, and shown, when it is connected to. */
function checkEndpoint(endpoint: string, name: string, problems: string[]): void {
  try {
    parseEndpoint(endpoint, { certPath: null, tlsVerify: false });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    problems.push(`${name}: ${error.message}`);
  }
}

function splitList(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function failOr(problems: string[], config: Config): Config {
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
