import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecretProblem } from '#lib/engine/agent-handshake.ts';
import type { MaskPattern } from '#lib/model/text/masking/mask-secrets.ts';
import { parseMask } from '#lib/server/settings/parse-mask.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';

/** Where the agent's own engine answers. */
export type EngineAddress = { kind: 'unix'; path: string } | { kind: 'tcp'; host: string; port: number };

export interface AgentConfig {
  engine: EngineAddress;
  /** Of this installation: proven in each handshake, or asked for in each request where certificates encrypt. */
  secret: string;
  port: number;
  /** The address it listens at: inside its container, all of them. */
  host: string;
  /** Contents of the PEM files; `null`: the secret itself is the key of the encryption (agent-handshake.ts). */
  tls: { cert: Buffer; key: Buffer } | null;
  logs: boolean;
  /** Whether it tells what containers use. */
  usage: boolean;
  /** Whether it tells of containers that Swarm did not make. */
  plainContainers: boolean;
  /** Whether it connects to published ports that its own engine lists. */
  checks: boolean;
}

/** Every problem of the settings at once, a sentence each. */
export class AgentConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/**
 * The agent's settings from environment variables (docs/configuration.md).
 * @throws AgentConfigError with every problem found
 */
export function parseAgentConfig(
  env: Record<string, string | undefined>,
): AgentConfig & { mask: MaskPattern[] } {
  const problems: string[] = [];
  const settings = readSettings(env, problems);
  const read = (path: string, what: string) => {
    try {
      return readFileSync(path);
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return Buffer.alloc(0);
    }
  };

  const secret = settings.secret('VITALS_AGENT_SECRET') ?? '';
  if (secret === '' && problems.length === 0)
    problems.push(
      'VITALS_AGENT_SECRET or VITALS_AGENT_SECRET_FILE: the agent does not start without a secret.',
    );
  const problem = secret === '' ? null : findSecretProblem(secret);
  if (problem !== null) problems.push(`VITALS_AGENT_SECRET: ${problem}`);

  const port = settings.port('VITALS_AGENT_PORT');
  const logs = settings.choice('VITALS_LOGS') === 'on';
  const usage = settings.choice('VITALS_USAGE') === 'on';
  const folder = settings.text('VITALS_AGENT_CERT_PATH');
  const tls = folder && {
    cert: read(join(folder, 'cert.pem'), 'VITALS_AGENT_CERT_PATH'),
    key: read(join(folder, 'key.pem'), 'VITALS_AGENT_CERT_PATH'),
  };
  const mask = parseMask(settings, problems) ?? [];
  const engine = parseEngine(settings.text('DOCKER_HOST') ?? '', problems);
  if (problems.length > 0 || engine === null) throw new AgentConfigError(problems);
  return {
    engine,
    secret,
    port,
    host: settings.text('VITALS_AGENT_HOST') ?? '::',
    tls: tls || null,
    logs,
    usage,
    plainContainers: settings.choice('VITALS_PLAIN_CONTAINERS') === 'on',
    checks: settings.choice('VITALS_CHECKS') === 'on',
    // An agent that is told `off` masks the obvious all the same: the server has it off for itself.
    mask,
  };
}

function parseEngine(text: string, problems: string[]): EngineAddress | null {
  if (text.startsWith('unix:///')) return { kind: 'unix', path: text.slice('unix://'.length) };
  const tcp = /^(?:tcp|http):\/\/([^/:]+|\[[0-9a-f:]+\]):(\d{1,5})$/i.exec(text);
  if (tcp?.[1] !== undefined)
    return { kind: 'tcp', host: tcp[1].replace(/^\[(.*)\]$/, '$1'), port: Number(tcp[2]) };
  problems.push(
    `DOCKER_HOST: the agent reads its own engine at unix:///path or tcp://host:port, not at "${text}".`,
  );
  return null;
}
