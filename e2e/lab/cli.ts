import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLab } from './create-lab.ts';
import { ensureRoot } from './ensure-tools.ts';
import type { Lab, LabHost } from './lab.ts';
import { openLab } from './open-lab.ts';
import { removeLab } from './remove-lab.ts';
import { cleanEnv } from './run.ts';
import { labsFolder } from './to-lab-names.ts';

const HELP = `A real Docker swarm of several hosts on this machine (Linux, root).

  npm run lab -- up [N]           start N hosts (3); what is left of an earlier lab goes first
  npm run lab -- down             take it down and leave nothing behind
  npm run lab -- status           which labs are up
  npm run lab -- docker N ARGS…   run the docker command against host N
  npm run lab -- kill N           power loss           start N     start it again
  npm run lab -- stop N           orderly end          restart N   stop, then start
  npm run lab -- freeze N         stop it in its tracks; thaw N    undo that
  npm run lab -- cut N            pull its network cable; mend N   plug it in again

  --name NAME     another lab beside this one (default: lab)
  --managers M    how many of the hosts are managers (default: 1)
`;

const HOST_VERBS = ['kill', 'start', 'stop', 'restart', 'freeze', 'thaw', 'cut', 'mend'] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: { name: { type: 'string' }, managers: { type: 'string' }, help: { type: 'boolean' } },
});
const name = typeof values.name === 'string' ? values.name : 'lab';

try {
  process.exitCode = await main(positionals[0] ?? '', positionals.slice(1));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(verb: string, rest: string[]): Promise<number> {
  if (values.help === true || verb === '' || verb === 'help') return say(HELP);
  ensureRoot();
  if (verb === 'up') {
    const lab = await createLab({
      name,
      hosts: Number(rest[0] ?? 3),
      managers: Number(values.managers ?? 1),
    });
    return say(`${describeLab(lab)}\nPoint Swarm Vitals at it:\n${toExports(lab)}\n`);
  }
  if (verb === 'down') {
    await removeLab(name);
    return 0;
  }
  if (verb === 'status') {
    const labs = (existsSync(labsFolder) ? readdirSync(labsFolder) : [])
      .map(openLab)
      .filter((lab) => lab !== null);
    return say(labs.length === 0 ? 'No lab is up.\n' : `${labs.map(describeLab).join('\n')}\n`);
  }
  const host = findHost(rest[0]);
  if (verb === 'docker') return runDocker(host);
  const known = HOST_VERBS.find((one) => one === verb);
  if (!known) {
    console.error(`"${verb}" is not a verb of the lab.\n\n${HELP}`);
    return 2;
  }
  await host[known]();
  return 0;
}

/** The docker command's own flags are not ours: take the rest of the line as it is. */
function runDocker(host: LabHost): number {
  const at = process.argv.indexOf('docker');
  const args = process.argv.slice(at + 2);
  const ended = spawnSync('docker', ['-H', `unix://${host.socket}`, ...args], {
    stdio: 'inherit',
    env: cleanEnv,
  });
  return ended.status ?? 1;
}

function findHost(text: string | undefined): LabHost {
  const lab = openLab(name);
  if (!lab) throw new Error(`No lab "${name}" is up: start it with npm run lab -- up.`);
  const host = lab.hosts[Number(text) - 1];
  if (!host) throw new Error(`Lab "${name}" has the hosts 1 to ${lab.hosts.length}, not "${text ?? ''}".`);
  return host;
}

function describeLab(lab: Lab): string {
  const rows = lab.hosts.map((host) => {
    const role = host.number <= lab.managers.length ? 'manager' : 'worker ';
    return `  ${host.number}  ${host.hostname}  ${role}  ${host.tcp}  ${host.pid === null ? 'not running' : `pid ${host.pid}`}`;
  });
  return [`Lab ${lab.name}`, ...rows].join('\n');
}

function toExports(lab: Lab): string {
  return Object.entries(lab.env)
    .map(([key, value]) => `  export ${key}='${value}'`)
    .join('\n');
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}
