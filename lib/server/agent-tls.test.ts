import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createAgentServer } from '#lib/agent/create-agent-server.ts';
import type { AgentConfig } from '#lib/agent/parse-agent-config.ts';
import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { createDockerClient } from '#lib/engine/docker/create-docker-client.ts';
import { createFacts } from '#lib/facts/create-facts.ts';
import { buildAgentConfig } from '#lib/testing/agent/build-agent-config.ts';
import { createAgentAccess } from './agents/create-agent-access.ts';
import type { EngineAccessSetting } from './config.ts';

// An agent that speaks TLS, with a certificate whose name has nothing to do with its address.
const SECRET = 'the-secret-of-this-installation-1';
const folder = mkdtempSync(join(tmpdir(), 'vitals-agent-tls-'));
const swarm = await createDemoSwarm({ churn: 0, listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 } });
const { hostname, port: enginePort } = new URL(swarm.engines[0] ?? '');
makeAuthority('ours');
makeAuthority('theirs');
makeCertificate('ours', 'agent');
const startAgent = (tls: AgentConfig['tls']) =>
  createAgentServer(
    buildAgentConfig({
      engine: { kind: 'tcp', host: hostname, port: Number(enginePort) },
      secret: SECRET,
      tls,
      logs: false,
    }),
    { nowMs: () => performance.now(), log: () => {} },
  );
const agent = startAgent({
  cert: readFileSync(join(folder, 'agent.pem')),
  key: readFileSync(join(folder, 'agent.key')),
});
const port = await agent.listen();

afterAll(async () => {
  await agent.close();
  await swarm.close();
  rmSync(folder, { recursive: true });
});

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
}

/** What makes it a new key of its own. */
function toKeyOptions(name: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', `${name}.key`];
}

function makeAuthority(name: string): void {
  openssl('req', '-x509', ...toKeyOptions(name), '-out', `${name}.pem`, '-days', '1', '-subj', `/CN=${name}`);
}

function makeCertificate(authority: string, name: string): void {
  openssl('req', ...toKeyOptions(name), '-out', `${name}.csr`, '-subj', `/CN=${name}`);
  const signed = ['-CA', `${authority}.pem`, '-CAkey', `${authority}.key`, '-CAcreateserial', '-days', '1'];
  openssl('x509', '-req', '-in', `${name}.csr`, ...signed, '-out', `${name}.pem`);
}

function openClient(authority: string, at = port) {
  const engines: Extract<EngineAccessSetting, { kind: 'agents' }> = {
    kind: 'agents',
    service: 'vitals_agent',
    secret: SECRET,
    port: at,
    caPath: join(folder, `${authority}.pem`),
  };
  const access = createAgentAccess(engines, { facts: createFacts(), nowMs: () => 0 });
  return createDockerClient(access.parse(`https://127.0.0.1:${at}`), { agentSecret: SECRET });
}

it('is read over TLS when its certificate comes from the authority of VITALS_AGENT_CA, whatever name is in it', async () => {
  const client = openClient('ours');
  expect(await client.identify()).toMatchObject({ controlAvailable: true });
  client.close();
});

it('is not believed when its certificate comes from another authority', async () => {
  const client = openClient('theirs');
  await expect(client.identify()).rejects.toThrow(/not signed by the authority in VITALS_AGENT_CA/);
  client.close();
});

it('is named when it has no certificate at all', async () => {
  const withoutCertificate = startAgent(null);
  const client = openClient('ours', await withoutCertificate.listen());
  await expect(client.identify()).rejects.toThrow(/shows no certificate.*VITALS_AGENT_CERT_PATH/);
  client.close();
  await withoutCertificate.close();
});

it('sends nobody without the secret anything, and closes the connection', async () => {
  for (const headers of [{}, { authorization: 'Bearer wrong-wrong-wrong' }, { authorization: SECRET }]) {
    const { status, body, connection } = await ask(headers as Record<string, string>);
    expect([401, 429]).toContain(status);
    expect([body, connection]).toEqual(['{"message":"Unauthorized"}', 'close']);
  }
  expect(agent.counts().proven).toBe(0);
  expect((await ask({ authorization: `Bearer ${SECRET}` })).status).toBe(200);
});

function ask(
  headers: Record<string, string>,
): Promise<{ status: number; body: string; connection: string | undefined }> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port,
      path: '/_ping',
      headers,
      agent: false,
      rejectUnauthorized: false,
    };
    const sent = request(options, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body, connection: response.headers.connection }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}
