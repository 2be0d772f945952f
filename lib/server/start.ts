import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { hostname as osHostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MARKED_FOLDER, SERVER_FILE } from '#lib/build/base-mark.ts';
import { compressFolder } from '#lib/build/compress-folder.ts';
import { deferRuntime } from '#lib/build/defer-runtime.ts';
import { type PlacedBuild, placeBuild } from '#lib/build/place-build.ts';
import { settleBuild } from '#lib/build/settle-build.ts';
import { hashPassword } from './access/check-password.ts';
import { ConfigError, DEFAULT_ENDPOINT, parseConfig } from './config.ts';
import { NODE_FLAGS, NODE_MEMORY } from './node-flags.ts';
import { startDemo } from './start-demo.ts';
import { wantsDemo } from './wants-demo.ts';

/**
 * `npm start`: builds when there is no build of the present sources, then runs the server.
 * Settings come from the environment (docs/configuration.md).
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = join(ROOT, '.next');
const STANDALONE = join(BUILD, 'standalone');
const WHOLE = join(STANDALONE, MARKED_FOLDER, SERVER_FILE);
const STATIC = join(STANDALONE, '.next/static');
const DEMO = join(ROOT, 'lib/demo/cli.ts');
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'package.json',
  'package-lock.json',
  'next.config.js',
  'instrumentation.ts',
  'proxy.ts',
];

const HELP = `Swarm Vitals: the whole health of a Docker Swarm, live, down to the single probe.

  npm start                 build when needed, then serve (http://127.0.0.1:3000)
  npm start -- --build      build only
  npm start -- --hash-password   read a password from standard input, print its hash for VITALS_PASSWORD_HASH
  npm start -- --help       this text

Settings are environment variables:

  DOCKER_HOST               a manager's endpoint: unix:///path, tcp://host:port, https://host:port, ssh://user@host
                            (default: unix:///var/run/docker.sock)
  DOCKER_CERT_PATH          folder with ca.pem, cert.pem and key.pem, for TLS
  DOCKER_TLS_VERIFY         set: verify the engines' certificates
  VITALS_MANAGERS           several managers' endpoints, comma separated, instead of DOCKER_HOST:
                            when one stops answering the next takes over
  VITALS_ENGINES            how to reach every node's engine: endpoints, comma separated, or a pattern such as
                            tcp://{addr}:2375 with {addr} and {hostname} of each node
                            (default: only the managers' own engines; replicas elsewhere are shown as unknown)
  VITALS_AGENT_SERVICE      the service whose tasks are the agents, one on each node, instead of VITALS_ENGINES
  VITALS_AGENT_SECRET       the agents' secret, 32 characters or more (or VITALS_AGENT_SECRET_FILE)
  VITALS_AGENT_PORT         where the agents listen (default: 9501)
  VITALS_AGENT_CA           the authority's certificate, when the agents have certificates
  VITALS_DATA               folder of the history, made when it is not there (default: in memory, a restart forgets it)
  VITALS_HISTORY_DAYS       the history goes back this far (default: 8)
  VITALS_HISTORY_MB         and takes about this much, whichever is reached first (default: 1024; in memory 64)
  VITALS_LOGS               off: container logs are neither read nor shown
  VITALS_DEMO               1: show the demo swarm; 0: never. Not set: when none of the above is set and there is no
                            Docker at the default path
  VITALS_WEBHOOK_URL        told by POST when a verdict turns (or VITALS_WEBHOOK_URL_FILE); VITALS_WEBHOOK_SECRET signs it
                            (or _FILE); VITALS_WEBHOOK_HOLD: seconds that it must hold (default: 10)
  VITALS_BASE_PATH          the path that it is served below, such as /swarm, behind a reverse proxy that has other sites,
                            too (default: none, it has a host name of its own)
  VITALS_PUBLIC_URL         where people reach this server, for links
  VITALS_MASK               regular expressions, separated by ;;, for what is masked in probes and logs besides obvious
                            secrets (or VITALS_MASK_FILE, one a line); off: nothing is masked
  PORT, HOSTNAME            where to listen (default: 3000 on 127.0.0.1)

Access, needed when it listens anywhere but on loopback:

  VITALS_AUTH               password (default when listening on a network), proxy, or none
  VITALS_PASSWORD           the password (or VITALS_PASSWORD_FILE), or VITALS_PASSWORD_HASH (or _FILE)
  VITALS_TRUSTED_PROXIES    addresses and networks of reverse proxies whose X-Forwarded-* count
  VITALS_AUTH_HEADER        with VITALS_AUTH=proxy: the header that names who somebody is (default: x-forwarded-user)
  VITALS_API_TOKEN          opens the API and the metrics to other programs, as a bearer token (or VITALS_API_TOKEN_FILE)
  VITALS_WALL_TOKENS        each opens /wall?token=… and nothing else (or VITALS_WALL_TOKENS_FILE, one a line, read again
                            when it changes: a line removed is a token revoked)
  VITALS_PEERS              a name that leads to all servers, when there are several: signing out holds for all
  VITALS_HOSTS              host names that it answers to
  VITALS_FRAME_ANCESTORS    origins whose pages may show it in a frame (default: none)
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    build: { type: 'boolean' },
    'hash-password': { type: 'boolean' },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
if (values['hash-password']) {
  console.log(await hashPassword(readFileSync(0, 'utf8').replace(/\r?\n$/, '')));
  process.exit(0);
}
// Shells and containers set HOSTNAME to the machine's own name by themselves: that is nobody's wish.
const wished = process.env.HOSTNAME;
const hostname = !wished || wished === osHostname() ? '127.0.0.1' : wished;
let basePath: string;
try {
  basePath = parseConfig({ ...process.env, HOSTNAME: hostname }).basePath;
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(problem);
  process.exit(1);
}
if (!isBuilt()) build();
if (!values.build) serve(place(), await prepareDemo());

function isBuilt(): boolean {
  if (!existsSync(WHOLE)) return false;
  const builtMs = statSync(join(BUILD, 'BUILD_ID')).mtimeMs;
  return SOURCES.every((path) => newestMs(join(ROOT, path)) <= builtMs);
}

function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), mtimeMs);
}

function build(): void {
  console.error('Building Swarm Vitals (once, about a minute) …');
  const next = join(ROOT, 'node_modules/next/dist/bin/next');
  const ended = spawnSync(process.execPath, [next, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (ended.status !== 0) process.exit(ended.status ?? 1);
  // The standalone server serves these only when they lie beside it.
  cpSync(join(BUILD, 'static'), STATIC, { recursive: true });
  deferRuntime(BUILD, STATIC);
  compressFolder(STATIC);
  cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true });
  compressFolder(join(STANDALONE, 'public'));
  // The history's thread is started from its own file, which nothing imports: as JavaScript it takes 17 MB less.
  const strip = ['--disable-warning=ExperimentalWarning', join(ROOT, 'lib/image/build-runtime.ts')];
  const stripped = spawnSync(process.execPath, [...strip, STANDALONE], {
    stdio: ['ignore', 2, 2],
  });
  if (stripped.status !== 0) process.exit(stripped.status ?? 1);
  // Last: a build that was cut short before it is done again.
  settleBuild(STANDALONE);
}

function place(): PlacedBuild {
  try {
    return placeBuild(STANDALONE, basePath);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

/** The settings of the demo swarm, started, when it is what to show; none otherwise. */
async function prepareDemo(): Promise<Record<string, string>> {
  if (!wantsDemo(process.env, existsSync(DEFAULT_ENDPOINT.slice('unix://'.length)))) return {};
  if (process.env.VITALS_DEMO !== '1') {
    console.error(
      'No Docker is configured and none is at its usual place: showing a demo swarm, not your data.\n' +
        'Set DOCKER_HOST or VITALS_MANAGERS (npm start -- --help), or VITALS_DEMO=0.',
    );
  }
  return startDemo(DEMO);
}

function serve({ folder, remove }: PlacedBuild, settings: Record<string, string>): void {
  const child = spawn(process.execPath, [...NODE_FLAGS, join(folder, SERVER_FILE)], {
    stdio: 'inherit',
    env: {
      ...NODE_MEMORY,
      ...process.env,
      ...settings,
      // The server changes into its own folder: a relative path is meant from here.
      ...(process.env.VITALS_DATA?.trim() ? { VITALS_DATA: resolve(process.env.VITALS_DATA.trim()) } : {}),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HOSTNAME: hostname,
      VITALS_BUILD: readFileSync(join(BUILD, 'BUILD_ID'), 'utf8').trim(),
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => {
    remove();
    process.exit(code ?? 1);
  });
}
