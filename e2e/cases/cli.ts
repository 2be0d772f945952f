import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '#e2e/support/root.ts';

const HELP = `What operators met, laid before the built product: facts of a made-up swarm, and what must be said of them.

  npm run test:cases                  all of them; builds first
  npm run test:cases -- -t c01        those whose name has this
  npm run test:cases -- --list=roots  those of one file, which makes a smaller swarm
  npm run test:cases -- --no-build    on the build that is there
  npm run test:cases -- --inside      without a build and without HTTP, while you write a rule
  npm run test:cases -- --within=20   so many seconds may it take until all is said, and not 150: to see fast what is wrong
  npm run test:cases -- --late=60     looks only so many seconds after all was laid, as on a slow machine: the same must be said
  npm run test:cases -- --agents      with engines that answer as their agents let them: the same must be said

Other arguments go to Vitest. e2e/cases/case.ts says what a case is; they are in e2e/cases/list.

  npm run test:cases -- --lab         faults made to happen on a real swarm of four engines on this machine (Linux,
                                      root; some minutes), and what must be said of them: e2e/cases/lab/list.ts
    --only disk,shim                  those whose name has one of these
    --engines 28                      what its hosts run, as for \`npm run lab\` (own)
    --lab-name NAME                   another lab beside that one (cases)
    --incidents                       instead: an incident of each kind on five engines, from its first sign to its end,
                                      over a restart of the server: e2e/cases/lab/incidents; --only takes its chapters, too
    --postgres                        … with the history in PostgreSQL
    --record                          writes what the engines said to lib/testing/engine-words.json, which the units
                                      hold the tables of texts against

  npm run test:cases -- --incidents   without --lab: all that the cases know as incidents, before a server that is killed at random
                                      moments of it and once after it; --only ID takes cases, --seed 7 other moments

  npm run test:cases -- --kills 30    the incidents of a demo swarm in which much goes wrong, as a server tells them that is killed
                                      at so many random moments: the same as one beside it tells that runs on
    --seed 7                          another day
    --postgres                        … with the history of the first one in PostgreSQL
`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const own = ['--no-build', '--inside', '--agents', '--lab'];
const runNode = (program: string, rest: string[]) =>
  spawnSync(process.execPath, [join(root, program), ...rest], { cwd: root, stdio: 'inherit' }).status ?? 1;
const list = args.find((one) => one.startsWith('--list='))?.slice('--list='.length);
const within = args.find((one) => one.startsWith('--within='))?.slice('--within='.length);
if (within !== undefined) process.env.VITALS_CASES_WITHIN_S = within;
const late = args.find((one) => one.startsWith('--late='))?.slice('--late='.length);
if (late !== undefined) process.env.VITALS_CASES_LATE_S = late;
if (list !== undefined) process.env.VITALS_CASES_LIST = list;
const isInside = args.includes('--inside');
const built = isInside || args.includes('--no-build') ? 0 : runNode('lib/server/start.ts', ['--build']);
process.env.VITALS_CASES_INSIDE = isInside ? '1' : '0';
process.env.VITALS_CASES_AGENTS = args.includes('--agents') ? '1' : '0';
if (built !== 0) process.exit(built);
if (args.includes('--kills')) {
  const { values } = parseArgs({
    args: args.filter((one) => !own.includes(one)),
    options: {
      kills: { type: 'string', default: '30' },
      seed: { type: 'string', default: '7' },
      postgres: { type: 'boolean', default: false },
    },
  });
  const { runKillWalk } = await import('./incidents/run-kill-walk.ts');
  const wrong = await runKillWalk({
    kills: Number(values.kills),
    seed: Number(values.seed),
    isPostgres: values.postgres,
    print: (text) => console.log(text),
  });
  process.exit(wrong === 0 ? 0 : 1);
}
if (args.includes('--incidents') && !args.includes('--lab')) {
  const { values } = parseArgs({
    args: args.filter((one) => !own.includes(one)),
    options: {
      incidents: { type: 'boolean' },
      only: { type: 'string' },
      seed: { type: 'string', default: '7' },
    },
  });
  const { runMadeWalk } = await import('./incidents/run-made-walk.ts');
  const wrong = await runMadeWalk({
    only: values.only ?? null,
    seed: Number(values.seed),
    print: (text) => console.log(text),
  });
  process.exit(wrong === 0 ? 0 : 1);
}
if (args.includes('--lab')) {
  const { values } = parseArgs({
    args: args.filter((one) => !own.includes(one)),
    options: {
      only: { type: 'string' },
      engines: { type: 'string', default: 'own' },
      'lab-name': { type: 'string', default: 'cases' },
      record: { type: 'boolean', default: false },
      incidents: { type: 'boolean', default: false },
      postgres: { type: 'boolean', default: false },
    },
  });
  const print = (text: string) => console.log(text);
  if (values.incidents) {
    const { runIncidentWalk } = await import('./lab/incidents/run-incident-walk.ts');
    const wrong = await runIncidentWalk({
      name: values['lab-name'],
      engines: values.engines,
      only: values.only ?? null,
      isPostgres: values.postgres,
      print,
    });
    process.exit(wrong === 0 ? 0 : 1);
  }
  const { runLabCases } = await import('./lab/run-lab-cases.ts');
  const wrong = await runLabCases({
    name: values['lab-name'],
    engines: values.engines,
    only: values.only ?? null,
    record: values.record,
    print,
  });
  process.exit(wrong === 0 ? 0 : 1);
}
process.exit(
  runNode('node_modules/vitest/vitest.mjs', [
    'run',
    '--config=e2e/cases/vitest.config.ts',
    ...args.filter((one) => !own.includes(one) && !/^--(?:list|within|late)=/.test(one)),
  ]),
);
