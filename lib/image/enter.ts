import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseBasePath } from '#lib/build/parse-base-path.ts';
import { placeBuild } from '#lib/build/place-build.ts';
import { environment } from '#lib/server/settings/environment.ts';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import { dropPrivileges } from './drop-privileges.ts';
import { startHeartbeat } from './heartbeat.ts';
import { runSmall } from './run-small.ts';

/** What the image runs: `server` (the default), `agent` or `move-history`. Once it serves, its heart beats for `check.sh`. */
const APP = join(import.meta.dirname, '../..');
/** The server's first answer on a machine at ten times its load. */
const ANSWER_TIMEOUT_MS = 30_000;
const SOCKET = '/var/run/docker.sock';
// The server reports what is wrong with them, with all other problems.
const settings = readSettings(environment, []);

const [command = 'server'] = process.argv.splice(2, 1);
switch (command) {
  case 'server': {
    dropPrivileges(SOCKET, settings.text('VITALS_DATA'));
    environment.VITALS_BUILD ??= readFileSync(join(APP, '.next/BUILD_ID'), 'utf8').trim();
    const { serve } = await import('#lib/server/http/serve.ts');
    await serve(placeServer());
    // A release that starts and cannot answer is not to be taken for one that is well.
    while (!(await isServerUp(toOwnHost(settings.text('HOSTNAME') ?? ''), String(settings.port('PORT')))))
      await sleep(1_000, undefined, { ref: false });
    beat();
    break;
  }
  case 'agent':
    runSmall(command);
    dropPrivileges(SOCKET, null);
    // Done when it listens.
    await import('#lib/agent/cli.ts');
    beat();
    break;
  case 'move-history': {
    dropPrivileges(SOCKET, settings.text('VITALS_DATA'));
    const { runMoveHistory } = await import('#lib/server/move-history-cli.ts');
    process.exitCode = runMoveHistory(environment, (text) => process.stderr.write(`${text}\n`));
    break;
  }
  default:
    process.stderr.write(
      `Swarm Vitals runs as "server", as "agent" or as "move-history", not as "${command}".\n`,
    );
    process.exit(2);
}

/** The folder to run the server from. */
function placeServer(): string {
  try {
    const { folder, remove } = placeBuild(APP, parseBasePath(settings.text('VITALS_BASE_PATH'), []));
    process.on('exit', remove);
    return folder;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** Where this process reaches itself when it listens at `host`. */
function toOwnHost(host: string): string {
  return ['', '0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
}

function beat(): void {
  try {
    startHeartbeat();
  } catch (error) {
    process.stderr.write(
      `The health check of this container will fail: ${error instanceof Error ? error.message : error}\n`,
    );
  }
}

/** Does the server on this port answer? */
async function isServerUp(host: string, port: string): Promise<boolean> {
  // An `import` of node:http would take 8 MB more, in the agent too.
  const { get } = process.getBuiltinModule('node:http');
  return new Promise((resolve) => {
    const path = '/api/healthz';
    const asked = get({ host, port, path, timeout: ANSWER_TIMEOUT_MS, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
  });
}
