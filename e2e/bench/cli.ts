import { writeFileSync } from 'node:fs';
import { withSignals } from '#e2e/lab/with-signals.ts';
import { formatReport } from './format-report.ts';
import { BENCH_HELP, readBenchOptions } from './read-bench-options.ts';
import { type Report, runBench } from './run-bench.ts';

/** `npm run bench`. It reports numbers and never judges them. */
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const options = readBenchOptions(process.argv.slice(2));
  if (options.help) return console.log(BENCH_HELP);
  // After each size: what takes a quarter of an hour is not lost when it is ended early.
  const keep = (report: Report) => {
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
  };
  const { machine, parts } = await withSignals((signal) => runBench(options, signal, keep));
  console.log(formatReport(machine, parts));
}
