import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { Agent, createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { connectSsh } from './connect-ssh.ts';

const HOST: Endpoint & { kind: 'ssh' } = {
  kind: 'ssh',
  display: 'ssh://ops@far:2222',
  host: 'far',
  port: 2222,
  user: 'ops',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connect-ssh-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A command that stands in for ssh. */
async function fakeSsh(script: string): Promise<string> {
  const path = join(folder, 'ssh');
  await writeFile(path, `#!${process.execPath}\n${script}`);
  await chmod(path, 0o755);
  return path;
}

function createAgent(command: string) {
  const agent = new Agent({ keepAlive: true });
  const connect = vi.fn(() => connectSsh(HOST, command));
  Object.assign(agent, { createConnection: connect });
  return { agent, connect };
}

const ask = (agent: Agent) =>
  new Promise<string>((resolve, reject) => {
    get({ agent, host: 'docker', path: '/x' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });

describe('connectSsh', () => {
  it('speaks HTTP through the command, and keeps it for the next request', async () => {
    const server = createServer((_, response) => response.end('x'.repeat(300_000)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const command = await fakeSsh(
      `const socket = require('node:net').connect(${port}); process.stdin.pipe(socket).pipe(process.stdout);
       require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'args'))}, process.argv.slice(2).join(' '));`,
    );
    const { agent, connect } = createAgent(command);
    for (let round = 0; round < 3; round += 1) expect(await ask(agent)).toHaveLength(300_000);
    expect(connect).toHaveBeenCalledOnce();
    expect(await readFile(join(folder, 'args'), 'utf8')).toMatch(
      /BatchMode=yes .* -l ops -p 2222 -- far docker system dial-stdio$/,
    );
    agent.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('says in ssh’s own words why it cannot connect', async () => {
    const command = await fakeSsh(
      "process.stderr.write('ops@far: Permission denied (publickey).\\n'); process.exit(255);",
    );
    await expect(ask(createAgent(command).agent)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('ssh://ops@far:2222: ops@far: Permission denied (publickey).'),
    });
  });

  it('says that there is no ssh', async () => {
    await expect(ask(createAgent(join(folder, 'nothing')).agent)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('install an OpenSSH client'),
    });
  });
});
