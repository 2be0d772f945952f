import { parseArgs } from 'node:util';
import { runFaults } from './run-faults.ts';

const HELP = `Random faults on the demo swarm, and what must be so all the same.

  npm run test:faults                     for half a minute, with a seed of its own
  npm run test:faults -- --minutes 60     for an hour
  npm run test:faults -- --seed N         the schedules of that seed again
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    minutes: { type: 'string', default: '0.5' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
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
try {
  await runFaults({ seed, forMs: minutes * 60_000, say: (text) => console.log(text) });
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // fast-check keeps what was wrong apart from the schedule.
  if (error instanceof Error && error.cause instanceof Error) console.error(error.cause.message);
  console.error(`Again: npm run test:faults -- --seed ${seed} --minutes ${minutes}`);
  process.exit(1);
}
