import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { createLab } from '#e2e/lab/create-lab.ts';
import { createDemoRig } from './create-demo-rig.ts';
import { createLabRig } from './create-lab-rig.ts';
import type { CommonFault } from './fault.ts';
import type { Rig } from './rig.ts';
import { type FaultOptions, runFaults } from './run-faults.ts';
import { type FaultSummary, summarizeFaults } from './summarize-faults.ts';

const HELP = `Random faults on a swarm, and what must be so all the same.

  npm run test:faults                     on the demo swarm, for half a minute, with a seed of its own
  npm run test:faults -- --minutes 60     for an hour
  npm run test:faults -- --seed N         the schedules of that seed again
  npm run test:faults -- --lab            on a real swarm of four engines on this machine (Linux, root)

  --lab-name NAME   another lab beside that one (faults)
  --engines LIST    what its hosts run, as for \`npm run lab\`: mixed, or 20,28 (own)
  --schedule JSON   this schedule again and again, as it was told of a run that was wrong
  --go-on           do not end with the first thing that is wrong; tell all of them at the end
  --report FILE     write how long the picture was untrue after each kind of fault, as JSON
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    minutes: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    lab: { type: 'boolean', default: false },
    'lab-name': { type: 'string', default: 'faults' },
    engines: { type: 'string', default: 'own' },
    schedule: { type: 'string' },
    'go-on': { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const seed = Number(values.seed);
const minutes = Number(values.minutes);
if (!Number.isInteger(seed) || !(minutes > 0)) {
  console.error('--seed takes a whole number, --minutes a number.');
  process.exit(2);
}
console.log(`seed ${seed}`);
let results: Record<string, FaultSummary> = {};
const options: FaultOptions = {
  seed,
  forMs: minutes * 60_000,
  goOn: values['go-on'],
  print: (text) => console.log(text),
  onResults(all) {
    results = summarizeFaults(all);
    if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(results, null, 2)}\n`);
  },
};
try {
  if (values.lab) await runOnLab(values['lab-name'], values.engines);
  else await runOnDemo();
  if (values.lab) console.table(results);
  process.exit(0);
} catch (error) {
  if (values.lab) console.table(results);
  console.error(error instanceof Error ? error.message : error);
  // fast-check keeps what was wrong apart from the schedule.
  if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
  const lab = values.lab ? ` --lab --engines ${values.engines}` : '';
  console.error(`Again: npm run test:faults --${lab} --seed ${seed} --minutes ${minutes}`);
  process.exit(1);
}

async function runOnDemo(): Promise<void> {
  const rig = await createDemoRig(seed);
  try {
    await runFaults(withSchedule(rig), options);
  } finally {
    await rig.close();
  }
}

async function runOnLab(name: string, engines: string): Promise<void> {
  const lab = await createLab({ name, hosts: 4, managers: 3, engines });
  try {
    const rig = await createLabRig(lab, options.print);
    try {
      await runFaults(withSchedule(rig), options);
    } finally {
      await rig.close();
    }
  } finally {
    await lab.down();
  }
}

/** @throws where what was given as `--schedule` is no JSON */
function withSchedule<F extends { kind: string }>(rig: Rig<F>): Rig<F> {
  if (values.schedule === undefined) return rig;
  const schedule: (F | CommonFault)[] = JSON.parse(values.schedule);
  return { ...rig, schedule: fc.constant(schedule) };
}
