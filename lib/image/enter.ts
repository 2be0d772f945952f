import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SERVER_FILE } from '#lib/build/base-mark.ts';
import { parseBasePath } from '#lib/build/parse-base-path.ts';
import { placeBuild } from '#lib/build/place-build.ts';
import { dropPrivileges } from './drop-privileges.ts';
import { isServerUp } from './is-server-up.ts';
import { runSmall } from './run-small.ts';

/** What the image runs: `server` (the default), `agent`, or `check`: is what runs in this container well? */
const APP = join(dirname(fileURLToPath(import.meta.url)), '../..');
const SOCKET = '/var/run/docker.sock';

const [command = 'server'] = process.argv.splice(2, 1);
switch (command) {
  case 'server':
    dropPrivileges(SOCKET, process.env.VITALS_DATA ?? null);
    process.env.VITALS_BUILD ??= readFileSync(join(APP, '.next/BUILD_ID'), 'utf8').trim();
    await import(pathToFileURL(join(placeServer(), SERVER_FILE)).href);
    break;
  case 'agent':
    runSmall(command);
    dropPrivileges(SOCKET, null);
    await import('#lib/agent/cli.ts');
    break;
  case 'check':
    if (runsAgent()) {
      process.argv.push('--check');
      await import('#lib/agent/cli.ts');
    } else process.exit((await isServerUp(process.env.PORT ?? '3000')) ? 0 : 1);
    break;
  default:
    process.stderr.write(`Swarm Vitals runs as "server" or as "agent", not as "${command}".\n`);
    process.exit(2);
}

/** The folder to run the server from. What is wrong with the base path it tells itself, with all other problems. */
function placeServer(): string {
  try {
    const { folder, remove } = placeBuild(
      APP,
      parseBasePath(process.env.VITALS_BASE_PATH?.trim() || null, []),
    );
    process.on('exit', remove);
    return folder;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exit(1);
  }
}

/** The container's first process was started as the agent, by itself or by way of `docker run --init`. */
function runsAgent(): boolean {
  return readFileSync('/proc/1/cmdline', 'utf8').split('\0').includes('agent');
}
