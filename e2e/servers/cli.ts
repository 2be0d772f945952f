import { parseArgs } from 'node:util';
import { findPostgres } from '#lib/testing/start-postgres.ts';
import { createServersRig } from './create-servers-rig.ts';
import { measureTakeovers } from './measure-takeovers.ts';
import { runBesideOld } from './run-beside-old.ts';
import { runServerFaults } from './run-server-faults.ts';
import { hasFront } from './start-front.ts';

/** A new database and its log take some 60. */
const DISK_MB = 256;

const HELP = `Random faults on several servers that share a PostgreSQL, and what must be so all the same: every probe that one of
them showed is in the history once, no message is told twice, and none is lost.

  npm run test:servers                    two servers, for two minutes, with a seed of its own
  npm run test:servers -- --minutes 30    for half an hour
  npm run test:servers -- --seed N        the same faults again
  npm run test:servers -- --servers 3
  npm run test:servers -- --calm 300      VITALS_WEBHOOK_CALM; 2 where nothing is given, so that each turn is told
  npm run test:servers -- --takeovers 10  no random faults: each way to lose the server that leads ten times, and how long it
                                          takes until another one does
  npm run test:servers -- --old FOLDER    beside a server of another checkout, which is built and has an older version of the tables

Beside them runs one server without a database, to which nothing is done: "ages" says how much later the others showed a failed
probe. PostgreSQL has a disk of its own, which is filled now and then (root; a tmpfs). Between the first server and PostgreSQL
stands HAProxy, before the second one PgBouncer (apt-get install haproxy pgbouncer); where one is missing, nothing.
`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean', short: 'h' },
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    servers: { type: 'string', default: '2' },
    takeovers: { type: 'string', default: '0' },
    calm: { type: 'string', default: '2' },
    old: { type: 'string' },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const [seed, minutes, count] = [Number(values.seed), Number(values.minutes), Number(values.servers)];
const takeovers = Number(values.takeovers);
const calmS = Number(values.calm);
if (
  !Number.isInteger(seed) ||
  !(minutes > 0) ||
  !(count >= 2) ||
  !Number.isInteger(takeovers) ||
  !(calmS >= 0)
) {
  console.error('--seed and --takeovers take a whole number, --minutes a number, --servers 2 or more.');
  process.exit(2);
}
const bin = findPostgres();
if (bin === null) {
  console.error('It needs PostgreSQL: apt-get install postgresql.');
  process.exit(2);
}
console.log(`seed ${seed}`);
const fronts = (['haproxy', 'pgbouncer'] as const).filter(hasFront);
console.log(`in front of PostgreSQL: ${fronts.join(', ') || 'nothing'}`);
const startedAtMs = Date.now();
const print = (text: string) =>
  console.log(
    `${((Date.now() - startedAtMs) / 1_000).toFixed(0).padStart(5)} s  ${new Date().toISOString().slice(11, 19)}  ${text}`,
  );
if (values.old !== undefined) {
  const result = await runBesideOld(bin, { checkout: values.old, print });
  console.log(JSON.stringify(result, null, 2));
  process.exit(result.missed.length + result.doubles.length === 0 ? 0 : 1);
}
const isMeasured = takeovers > 0;
const rig = await createServersRig(
  bin,
  count,
  isMeasured ? { fronts: [] } : { isCompared: true, fronts, diskMb: DISK_MB, calmS },
);
try {
  if (isMeasured) {
    for (const { fault, tookMs } of await measureTakeovers(rig, { times: takeovers, print }))
      console.log(`| ${fault} | ${toSeconds(tookMs).join(', ')} |`);
  } else await runFaults();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  for (const { vitals } of rig.servers) console.log(vitals.log());
  console.error(`Again: npm run test:servers -- --seed ${seed} --minutes ${minutes} --servers ${count}`);
  process.exitCode = 1;
} finally {
  await rig.close();
}

/** The least first. */
function toSeconds(tookMs: readonly number[]): number[] {
  return tookMs.toSorted((a, b) => a - b).map((ms) => Number((ms / 1_000).toFixed(1)));
}

async function runFaults(): Promise<void> {
  const result = await runServerFaults(rig, { seed, forMs: minutes * 60_000, print });
  const { takeoversMs, startsMs, missed, doubles, messages } = result;
  const sorted = toSeconds(takeoversMs);
  console.log(
    JSON.stringify(
      {
        ...{ seed, minutes, servers: count, calmS, ...result },
        ...{ takeoversMs: undefined, takeoversS: sorted, startsMs: undefined, startsS: toSeconds(startsMs) },
      },
      null,
      2,
    ),
  );
  const isRight = missed.length + doubles.length + messages.wrong.length === 0;
  if (!isRight) for (const { vitals } of rig.servers) console.log(vitals.log());
  if (messages.open.length > 0) for (const one of rig.received) console.log(JSON.stringify(one));
  process.exitCode = isRight ? 0 : 1;
}
