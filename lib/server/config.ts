import { parseBasePath } from '#lib/build/parse-base-path.ts';
import { findSecretProblem } from '#lib/engine/agent-handshake.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import type { PostgresAddress } from '#lib/history/postgres/message.ts';
import { parseDatabaseUrl } from '#lib/history/postgres/parse-database-url.ts';
import { DEFAULT_PROBE_LINE, MIN_FLAPPING, type ProbeLine } from '#lib/model/docker/probe-line.ts';
import type { MaskPattern } from '#lib/model/text/masking/mask-secrets.ts';
import type { RelaySource } from '#lib/relay/source.ts';
import type { AccessConfig } from './access/access.ts';
import { parseAccess } from './access/parse-access.ts';
import { parseSwarms } from './relay/parse-swarms.ts';
import { environment } from './settings/environment.ts';
import { parseMask } from './settings/parse-mask.ts';
import { readSettings, type Settings } from './settings/read-settings.ts';
import { parseWebhook, type WebhookConfig } from './webhook/parse-webhook.ts';

/** How the engines of the nodes are reached. */
export type EngineAccessSetting =
  /** Only the engines behind the manager endpoints themselves. */
  | { kind: 'managers' }
  | { kind: 'list'; endpoints: string[] }
  /** One endpoint per node: `{addr}` and `{hostname}` stand for the node's own. */
  | { kind: 'pattern'; pattern: string }
  /** The agent on each node, found through the tasks of its service. */
  | { kind: 'agents'; service: string; secret: string; port: number; caPath: string | null };

export interface Config {
  /** The servers that this one relays; none: it reads a swarm itself. */
  relays: RelaySource[];
  /** Manager endpoints in the order they are tried; the first is the one asked for. */
  managers: string[];
  engines: EngineAccessSetting;
  /** What all servers of the installation have and nobody types, also where no agent is asked; `null`: there is none. */
  agentSecret: string | null;
  /** Folder with ca.pem, cert.pem and key.pem; `null`: no TLS by certificate. */
  certPath: string | null;
  tlsVerify: boolean;
  /** Folder of the history; `null`: it is kept in memory. */
  dataFolder: string | null;
  /** Where the history is kept instead; `null`: in that folder. */
  database: PostgresAddress | null;
  /** How far back the history goes, and how much of the disk it takes, whichever is reached first. */
  historyDays: number;
  historyMb: number;
  /** What is masked besides the obvious secrets; `null`: nothing is masked at all. */
  mask: MaskPattern[] | null;
  /** What the swarm is called; `null`: as Docker calls it. */
  name: string | null;
  /** Whether what containers write may be read. */
  logs: boolean;
  /** Whether published ports are connected to. */
  checks: boolean;
  /** Whether what containers use is read. */
  usage: boolean;
  /** Whether pages show containers that Swarm did not make. */
  plainContainers: boolean;
  /** From where failing probes are a problem. */
  probeLine: ProbeLine;
  /** Where it listens. */
  port: number;
  access: AccessConfig;
  /** What stands before every path, such as `/swarm`; empty at the root of a host. */
  basePath: string;
  /** Who is notified when a verdict changes; `null`: nobody. */
  webhook: WebhookConfig | null;
  /** The endpoints lead to the demo swarm: every page says so. */
  demo: boolean;
  /** Where what the demo swarm went through before is being written; `null`: nobody writes it. */
  demoPast: string | null;
  /** Which build of the pages this server serves: an open page of another one reloads itself. */
  build: string;
}

/** Control characters, directions, zero widths, halves of characters: none is a name's. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

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
export function parseConfig(env: Record<string, string | undefined> = environment): Config {
  const problems: string[] = [];
  const settings = readSettings(env, problems);

  const listed = settings.list('VITALS_MANAGERS');
  const managers = listed.length > 0 ? listed : [settings.text('DOCKER_HOST') ?? DEFAULT_ENDPOINT];
  const fromHost = settings.isSet('DOCKER_HOST') ? 'DOCKER_HOST' : 'default';
  const managersFrom = listed.length > 0 ? 'VITALS_MANAGERS' : fromHost;
  for (const endpoint of managers) checkEndpoint(endpoint, managersFrom, problems);

  settings.choice('VITALS_DEMO');
  const agentSecret = settings.secret('VITALS_AGENT_SECRET');
  const engines =
    parseAgents(settings, agentSecret, problems) ?? parseEngines(settings.list('VITALS_ENGINES'), problems);
  const dataFolder = settings.text('VITALS_DATA');
  // What memory holds is lost with the process anyway: a day of a swarm of a thousand replicas.
  const historyMb = settings.count('VITALS_HISTORY_MB') ?? (dataFolder === null ? 64 : 1_024);
  const basePath = parseBasePath(settings.text('VITALS_BASE_PATH'), problems);
  return failOr(problems, {
    relays: parseSwarms(settings, problems),
    managers: [...new Set(managers)],
    engines,
    agentSecret,
    certPath: settings.text('DOCKER_CERT_PATH'),
    tlsVerify: settings.isSet('DOCKER_TLS_VERIFY'),
    access: parseAccess(settings, { isDevelopment: env.NODE_ENV === 'development', basePath }, problems),
    port: settings.port('PORT'),
    basePath,
    webhook: parseWebhook(settings, basePath, problems),
    dataFolder,
    database: parseDatabase(settings.secret('VITALS_DATABASE_URL'), problems),
    historyDays: settings.count('VITALS_HISTORY_DAYS') ?? 0,
    historyMb,
    mask: parseMask(settings, problems),
    name: parseName(settings.text('VITALS_NAME'), problems),
    logs: settings.choice('VITALS_LOGS') === 'on',
    checks: settings.choice('VITALS_CHECKS') === 'on',
    usage: settings.choice('VITALS_USAGE') === 'on',
    plainContainers: settings.choice('VITALS_PLAIN_CONTAINERS') === 'on',
    probeLine: parseProbeLine(settings, problems),
    // Set by `npm start` for the server that it points at the demo swarm.
    demo: settings.choice('VITALS_DEMO_ACTIVE') === '1',
    demoPast: settings.text('VITALS_DEMO_PAST'),
    build: settings.text('VITALS_BUILD') ?? 'unknown',
  });
}

const MAX_NAME_CHARS = 60;

function parseName(name: string | null, problems: string[]): string | null {
  if (name !== null && (name.length > MAX_NAME_CHARS || UNPRINTABLE.test(name)))
    problems.push(`VITALS_NAME: at most ${MAX_NAME_CHARS} characters, all of which can be printed.`);
  return name;
}

function parseProbeLine(settings: Settings, problems: string[]): ProbeLine {
  const inRow = settings.count('VITALS_FAILING') ?? DEFAULT_PROBE_LINE.inRow;
  const flapping = settings.count('VITALS_FLAPPING') ?? 0;
  if (flapping > 0 && flapping < MIN_FLAPPING)
    problems.push('VITALS_FLAPPING: one failed probe of 60 is no rate: 0 (never), or 2 to 60.');
  return { inRow, flapping: flapping === 0 ? null : flapping };
}

/** `null`: agents are not what was asked for. */
function parseAgents(
  settings: Settings,
  secret: string | null,
  problems: string[],
): EngineAccessSetting | null {
  const service = settings.text('VITALS_AGENT_SERVICE');
  if (service === null) return null;
  if (settings.isSet('VITALS_ENGINES'))
    problems.push('VITALS_AGENT_SERVICE and VITALS_ENGINES are two ways to the engines: set one of them.');
  if (secret === null && problems.length === 0)
    problems.push(
      'VITALS_AGENT_SECRET or VITALS_AGENT_SECRET_FILE: the agents answer only with their secret.',
    );
  const weakness = secret === null || secret === '' ? null : findSecretProblem(secret);
  if (weakness !== null) problems.push(`VITALS_AGENT_SECRET: ${weakness}`);
  const port = settings.port('VITALS_AGENT_PORT');
  return { kind: 'agents', service, secret: secret ?? '', port, caPath: settings.text('VITALS_AGENT_CA') };
}

function parseEngines(entries: string[], problems: string[]): EngineAccessSetting {
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

/** Its shape only: whether the certificates can be read is found out, and shown, when it is connected to. */
function checkEndpoint(endpoint: string, name: string, problems: string[]): void {
  try {
    parseEndpoint(endpoint, { certPath: null, tlsVerify: false });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    problems.push(`${name}: ${error.message}`);
  }
}

function failOr(problems: string[], config: Config): Config {
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function parseDatabase(text: string | null, problems: string[]): PostgresAddress | null {
  if (text === null) return null;
  const address = parseDatabaseUrl(text);
  if (typeof address !== 'string') return address;
  problems.push(`VITALS_DATABASE_URL ${address}.`);
  return null;
}
