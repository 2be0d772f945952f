import { mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createControl } from './create-control.ts';
import { createDemoSwarm, type DemoListen } from './create-demo-swarm.ts';
import { HELP, readCliOptions } from './read-cli-options.ts';

/** `npm run demo`. As a child process it sends its endpoints by message, and ends with its parent. */
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function main(): Promise<void> {
  const options = readCliOptions(process.argv.slice(2));
  if (options.help) return console.log(HELP);
  const { folder, port } = options;
  if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const listen: DemoListen =
    folder === null
      ? { kind: 'tcp', host: '127.0.0.1', basePort: port }
      : { kind: 'unix', folder: resolve(folder) };
  const swarm = await createDemoSwarm({ ...options, listen });
  const control = options.control === null ? null : await createControl(swarm, options.control);
  const end = () =>
    void Promise.all([control?.close(), swarm.close()]).finally(() => {
      if (process.send && folder !== null) removeIfEmpty(folder);
      process.exit(0);
    });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  const { managers, engines, lived } = swarm;
  if (process.send) {
    // The channel breaks however the parent ends.
    process.once('disconnect', end);
    process.send({ managers, engines, lived });
    return;
  }
  console.log(`A demo swarm of ${engines.length} nodes is up. Point Swarm Vitals at it:\n`);
  console.log(`export VITALS_MANAGERS=${managers.join(',')}\nexport VITALS_ENGINES=${engines.join(',')}`);
  if (control) console.log(`\nControl: http://127.0.0.1:${control.port}`);
  console.log('\nCtrl-C ends it.');
}

/** The folder was made for this swarm alone; its sockets are gone by now, and nobody waits for its past any more. */
function removeIfEmpty(folder: string): void {
  try {
    for (const name of readdirSync(folder)) if (name.startsWith('past.db')) rmSync(join(folder, name));
    rmdirSync(folder);
  } catch {
    // Somebody else put something there.
  }
}
