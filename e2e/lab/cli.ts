import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createLab } from './create-lab.ts';
import { enginesFolder } from './engine-root.ts';
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

  --name NAME     another lab beside this one (default: lab); before \`docker\`, whose own flags follow it
  --managers M    how many of the hosts are managers (default: 1)
  --engine E      which Docker the hosts run (default: own, this machine's dockerd): 20, 26, 28 or 29, a list such as
                  28,20 that the hosts take in turn, the first one a manager, or mixed, which is 20,28,29. What this
                  machine lacks is made once by debootstrap (half a minute, 400 MB each) and kept in
                  ${enginesFolder}: remove it whenever you like
`;

const HOST_VERBS = ['kill', 'start', 'stop', 'restart', 'freeze', 'thaw', 'cut', 'mend'] as const;

const { own, rest } = splitCommand(process.argv.slice(2));

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    args: own,
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      managers: { type: 'string' },
      engine: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const { name = 'lab' } = values;
  const [verb, operand] = positionals;
  if (values.help === true || verb === undefined || verb === 'help') return print(HELP);
  if (verb === 'up') {
    const hosts = Number(operand ?? 3);
    const { managers = 1, engine: engines = 'own' } = values;
    const lab = await createLab({ name, hosts, managers: Number(managers), engines });
    return print(`${describeLab(lab)}\nPoint Swarm Vitals at it:\n${toExports(lab)}\n`);
  }
  if (verb === 'down') {
    await removeLab(name);
    return 0;
  }
  if (verb === 'status') {
    const labs = existsSync(labsFolder) ? readdirSync(labsFolder).map(describeAny) : [];
    return print(labs.length === 0 ? 'No lab is up.\n' : `${labs.join('\n')}\n`);
  }
  const known = HOST_VERBS.find((one) => one === verb);
  if (known === undefined && verb !== 'docker') {
    console.error(`"${verb}" is not a verb of the lab.\n\n${HELP}`);
    return 2;
  }
  ensureRoot();
  const host = findHost(name, operand);
  if (known === undefined) return runDocker(host, rest);
  await host[known]();
  return 0;
}

/** What follows `docker N` is not ours to read, flags and all. */
function splitCommand(args: string[]): { own: string[]; rest: string[] } {
  const { tokens } = parseArgs({
    args,
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: { name: { type: 'string' }, managers: { type: 'string' }, engine: { type: 'string' } },
  });
  const [verb, host] = tokens.filter((token) => token.kind === 'positional');
  if (verb?.value !== 'docker' || host === undefined) return { own: args, rest: [] };
  return { own: args.slice(0, host.index + 1), rest: args.slice(host.index + 1) };
}

function runDocker({ dockerCommand: [command, ...flags] }: LabHost, args: string[]): number {
  const ended = spawnSync(command, [...flags, ...args], {
    stdio: 'inherit',
    env: { ...cleanEnv, TERM: 'xterm-256color' },
  });
  if (ended.error) throw ended.error;
  return ended.status ?? 1;
}

function findHost(name: string, text: string | undefined): LabHost {
  const lab = openLab(name);
  if (!lab) throw new Error(`No lab "${name}" is up: start it with npm run lab -- up --name ${name}.`);
  const host = lab.hosts[Number(text) - 1];
  if (!host) throw new Error(`Lab "${name}" has the hosts 1 to ${lab.hosts.length}, not "${text ?? ''}".`);
  return host;
}

function describeLab(lab: Lab): string {
  const rows = lab.hosts.map((host) => {
    const role = host.number <= lab.managers.length ? 'manager' : 'worker ';
    return `  ${host.number}  ${host.hostname}  ${role}  ${host.engine.padEnd(3)}  ${host.tcp}  ${host.pid === null ? 'not running' : `pid ${host.pid}`}`;
  });
  return [`Lab ${lab.name}`, ...rows].join('\n');
}

function describeAny(name: string): string {
  const lab = openLab(name);
  return lab === null ? `Lab ${name}\n  being made, or left behind: take it down first` : describeLab(lab);
}

function toExports(lab: Lab): string {
  return Object.entries(lab.env)
    .map(([key, value]) => `  export ${key}='${value}'`)
    .join('\n');
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
