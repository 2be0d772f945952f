import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname as osHostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SERVER_FILE } from '#lib/build/base-mark.ts';
import { findStrangers } from '#lib/build/check-build.ts';
import { compressFolder } from '#lib/build/compress.ts';
import { type PlacedBuild, placeBuild } from '#lib/build/place-build.ts';
import { settleBuild } from '#lib/build/settle-build.ts';
import { hasHistory } from '#lib/history/store/hold.ts';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import { hashPassword } from './access/passwords/check-password.ts';
import { ConfigError, DEFAULT_ENDPOINT, parseConfig } from './config.ts';
import { runMoveHistory } from './move-history-cli.ts';
import { NODE_FLAGS, NODE_MEMORY } from './node-flags.ts';
import { environment } from './settings/environment.ts';
import { formatSettingsHelp } from './settings/format-settings.ts';
import { startDemo } from './start-demo.ts';
import { wantsDemo } from './wants-demo.ts';

/**
 * `npm start`: builds when there is no build of the present sources, then runs the server.
 * Settings come from the environment (docs/configuration.md).
 */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');
const BUILD = join(ROOT, '.next');
const STANDALONE = join(BUILD, 'standalone');
const WHOLE = join(STANDALONE, SERVER_FILE);
const STATIC = join(STANDALONE, '.next/static');
const DEMO = join(ROOT, 'lib/demo/cli.ts');
const DEMO_PAST = join(ROOT, 'lib/demo-past/cli.ts');
const SOURCES = ['app', 'components', 'lib', 'public', 'package.json', 'package-lock.json', 'next.config.js'];

const HELP = `Swarm Vitals: the whole health of a Docker Swarm, live, down to the single probe.

  npm start                 build when needed, then serve (http://127.0.0.1:3000)
  npm start -- --build      build only
  npm start -- --hash-password   read a password from standard input, print its hash for VITALS_PASSWORD_HASH
  npm start -- --move-history    put the history of VITALS_DATA into VITALS_DATABASE_URL, while no server runs
  npm start -- --help       this text

${formatSettingsHelp('server')}`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    build: { type: 'boolean' },
    'hash-password': { type: 'boolean' },
    'move-history': { type: 'boolean' },
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
// Shells and containers set HOSTNAME to the machine's own name by themselves: nobody asked for that.
const configured = environment.HOSTNAME;
const hostname = !configured || configured === osHostname() ? '127.0.0.1' : configured;
let basePath: string;
try {
  const env = { ...environment, HOSTNAME: hostname };
  basePath = parseConfig(env).basePath;
  if (values['move-history']) process.exit(runMoveHistory(env, console.error));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  for (const problem of error.problems) console.error(toVisibleText(maskSecrets(problem)));
  process.exit(1);
}
if (!isBuilt()) await build();
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

async function build(): Promise<void> {
  console.error('Building Swarm Vitals (once, about a minute) …');
  const next = join(ROOT, 'node_modules/next/dist/bin/next');
  const ended = spawnSync(process.execPath, [next, 'build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
    env: { ...environment, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' },
  });
  if (ended.status !== 0) process.exit(ended.status ?? 1);
  // The standalone server serves these only when they lie beside it.
  cpSync(join(BUILD, 'static'), STATIC, { recursive: true });
  compressFolder(STATIC);
  cpSync(join(ROOT, 'public'), join(STANDALONE, 'public'), { recursive: true });
  compressFolder(join(STANDALONE, 'public'));
  // Next's own server, and the settings that it would read again, are not used.
  for (const name of readdirSync(STANDALONE))
    if (name === 'server.js' || name.startsWith('.env')) rmSync(join(STANDALONE, name));
  settleBuild(STANDALONE);
  checkBuild();
  const { bundleRuntime } = await import('#lib/build/bundle-runtime.ts');
  // Last: a build that was cut short before it is done again.
  await bundleRuntime(ROOT, STANDALONE);
}

function checkBuild(): void {
  const strangers = findStrangers(STANDALONE);
  if (strangers.length === 0) return;
  console.error(
    `Nothing but code goes into a build, but there is also:\n  ${strangers.slice(0, 50).join('\n  ')}`,
  );
  process.exit(1);
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
  if (!wantsDemo(environment, existsSync(DEFAULT_ENDPOINT.slice('unix://'.length)))) return {};
  if (environment.VITALS_DEMO !== '1') {
    console.error(
      'No Docker is configured and none is at its usual place: showing a demo swarm, not your data.\n' +
        'Set DOCKER_HOST or VITALS_MANAGERS (npm start -- --help), or VITALS_DEMO=0.',
    );
  }
  const folder = environment.VITALS_DATA?.trim();
  const isElsewhere = Boolean(environment.VITALS_DATABASE_URL || environment.VITALS_DATABASE_URL_FILE);
  // A history that is there goes on from where it is; one whose past was not whole when we ended begins anew.
  const isThere = isElsewhere || (folder && hasHistory(join(folder, 'history.db')));
  const past = isThere ? null : DEMO_PAST;
  try {
    return await startDemo({ swarm: DEMO, past }, environment.VITALS_CHECKS?.trim() === 'on');
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

function serve({ folder, remove }: PlacedBuild, settings: Record<string, string>): void {
  const child = spawn(process.execPath, [...NODE_FLAGS, join(STANDALONE, SERVER_FILE), folder], {
    stdio: 'inherit',
    env: {
      ...NODE_MEMORY,
      ...environment,
      ...settings,
      // The server changes into its own folder: a relative path is meant from here.
      ...(environment.VITALS_DATA?.trim() ? { VITALS_DATA: resolve(environment.VITALS_DATA.trim()) } : {}),
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
