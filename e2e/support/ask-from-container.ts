import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabHost } from '#e2e/lab/lab.ts';
import { AGENT_PROTOCOL, AGENT_TLS, toAgentKey } from '#lib/engine/agent-handshake.ts';
import { root } from './root.ts';

export interface ContainerQuestion {
  host: string;
  port: number;
  /** Proven to an agent of ours; `null`: it is spoken to in clear. */
  secret: string | null;
  requests: readonly { method: string; path: string }[];
}

export interface ContainerAnswer {
  method: string;
  path: string;
  /** An error code when there was no answer. */
  status: number | string;
  body: string;
}

/** Sends requests out of a container that has Node, one after the other. */
export async function askFromContainer(
  host: LabHost,
  container: string,
  { secret, ...question }: ContainerQuestion,
): Promise<ContainerAnswer[]> {
  const toTls = (known: string) => ({
    keyHex: toAgentKey(known).toString('hex'),
    identity: AGENT_PROTOCOL,
    options: AGENT_TLS,
  });
  const ask = { ...question, tls: secret === null ? null : toTls(secret) };
  const script = readFileSync(join(root, 'e2e/support/ask-all.js'), 'utf8');
  const node = ['node', '--input-type=module', '--eval', script];
  const printed = await host.docker('exec', '--env', `ASK=${JSON.stringify(ask)}`, container, ...node);
  return printed.split('\n').map((line) => JSON.parse(line) as ContainerAnswer);
}
