import { writeFileSync } from 'node:fs';
import { withSignals } from '#e2e/lab/with-signals.ts';
import { formatReport } from './format-report.ts';
import { measureHostile } from './measure/measure-hostile.ts';
import { measureLayout } from './measure/measure-layout.ts';
import { measureMasking } from './measure/measure-masking.ts';
import { BENCH_HELP, readBenchOptions } from './read-bench-options.ts';
import { type Report, runBench } from './run-bench.ts';
import { writeReport } from './write-report.ts';

/** `npm run bench`. It reports numbers and never judges them. */
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args[0] === '--rows' && args[1] === 'masking') return console.log(measureMasking(Number(args[2] ?? 1)));
  if (args[0] === '--rows' && args[1] === 'hostile') return console.log(await withSignals(measureHostile));
  if (args[0] === '--rows' && args[1] === 'layout')
    return console.log(await withSignals((signal) => measureLayout(args.slice(2), signal)));
  const options = readBenchOptions(args);
  if (options.help) return console.log(BENCH_HELP);
  // After each size: what takes a quarter of an hour is not lost when it is ended early.
  const keep = (report: Report) => {
    if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(report, null, 1)}\n`);
  };
  const { machine, parts } = await withSignals((signal) => runBench(options, signal, keep));
  const text = formatReport(machine, parts);
  console.log(text);
  if (options.write === null) return;
  const command = `npm run bench -- ${process.argv.slice(2).join(' ')}`;
  const date = new Date().toISOString().slice(0, 10);
  const name = options.groups.every((group) => group === 'memory') ? 'memory' : 'table';
  writeReport(options.write, name, [date, `\`${command}\``, text].join(', '));
}
