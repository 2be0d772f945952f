import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanEnv } from '#e2e/lab/run.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { ensurePrograms } from '#e2e/support/ensure-programs.ts';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';

/** A real nginx and a real Caddy in front of one server, each with another site at the root of its host. */
export interface ReverseProxies {
  /** As docs/reverse-proxy.md has it: the path is left on. */
  nginx: string;
  caddy: string;
  /** The path is taken off. */
  nginxStripping: string;
  caddyStripping: string;
  /** What nginx was asked for outside of the path. */
  strayed(): string[];
  close(): Promise<void>;
}

/** What is missing for `startReverseProxies`, in words; see `ensurePrograms`. */
export function ensureReverseProxies(): Promise<string | null> {
  return ensurePrograms({ nginx: 'nginx-light', caddy: 'caddy' });
}

/** @param target the server's URL, which serves below `/swarm` */
export async function startReverseProxies(target: string): Promise<ReverseProxies> {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-proxies-'));
  const upstream = new URL(target).host;
  const [nginx, nginxStripping, caddy, caddyStripping] = await Promise.all([
    findFreePort(),
    findFreePort(),
    findFreePort(),
    findFreePort(),
  ]);
  const strays = join(folder, 'strays.log');
  const snippet = (comment: string) => readSnippet(comment).replaceAll('vitals_server:3000', upstream);
  const nginxBelow = snippet('nginx, below a path');
  const nginxStrips = nginxBelow
    .replace('location ~ ^/swarm(/|$)', 'location /swarm/')
    .replace(`http://${upstream};`, `http://${upstream}/;`);
  const other = `location / { access_log ${strays}; return 404; }`;
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log stderr warn; events {}
    http {
      access_log off;
      ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${folder}/${of};`).join(' ')}
      server { listen 127.0.0.1:${nginx}; ${nginxBelow} ${other} }
      server { listen 127.0.0.1:${nginxStripping}; ${nginxStrips} ${other} }
    }`,
  );
  writeFileSync(
    join(folder, 'Caddyfile'),
    `{
      admin off
    }
    ${snippet('Caddy, below a path').replace('site.example', `http://127.0.0.1:${caddy}`)}
    http://127.0.0.1:${caddyStripping} {
      redir /swarm /swarm/
      handle_path /swarm/* {
        reverse_proxy ${upstream}
      }
    }`,
  );
  let log = '';
  const start = (command: string, args: string[]) => {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
      env: { ...cleanEnv, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
      });
    return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
  };
  const programs = [
    start('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder, '-e', 'stderr']),
    start('caddy', ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile']),
  ];
  const close = async () => {
    for (const { child } of programs) child.kill('SIGKILL');
    await Promise.all(programs.map(({ ended }) => ended));
    rmSync(folder, { recursive: true, force: true });
  };
  const toUrl = (port: number | undefined) => `http://127.0.0.1:${port}/swarm`;
  const urls = [nginx, nginxStripping, caddy, caddyStripping].map(toUrl);
  try {
    for (const url of urls)
      await waitFor(async () => (await fetch(`${url}/api/healthz`)).ok, 15_000, `an answer through ${url}`);
  } catch (error) {
    await close();
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${log}`);
  }
  return {
    nginx: toUrl(nginx),
    nginxStripping: toUrl(nginxStripping),
    caddy: toUrl(caddy),
    caddyStripping: toUrl(caddyStripping),
    strayed: () => readFileSync(strays, 'utf8').split('\n').filter(Boolean),
    close,
  };
}

/** The example of `docs/reverse-proxy.md` that begins with this comment, as it stands there, without its indent. */
function readSnippet(comment: string): string {
  const lines = readFileSync(join(root, 'docs/reverse-proxy.md'), 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith(`    # ${comment}`));
  const until = lines.findIndex((line, at) => at > from && !line.startsWith('    '));
  if (from < 0) throw new Error(`docs/reverse-proxy.md has no example "${comment}".`);
  return lines
    .slice(from, until)
    .map((line) => line.slice(4))
    .join('\n');
}
