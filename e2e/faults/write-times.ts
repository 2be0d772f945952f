import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultRecord } from '#e2e/support/record-fault.ts';
import { root } from '#e2e/support/root.ts';
import { type FaultSummary, summarizeFaults } from './summarize-faults.ts';

/**
 * Puts measured times into `docs/faults.md`, where a row's last cell names them: `<!-- freeze --> …`. From what the
 * end-to-end tests left in `test-results/faults.jsonl`, and from the report of `npm run test:faults -- --report FILE`.
 *
 *   node e2e/faults/write-times.ts [REPORT]
 */
const DOCS = join(root, 'docs/faults.md');
const RECORDS = join(root, 'test-results/faults.jsonl');
const CELL = /<!-- ([^>]+?) -->[^|\n]*/g;

const [report] = process.argv.slice(2);
const random: Record<string, FaultSummary> =
  report === undefined ? {} : JSON.parse(readFileSync(report, 'utf8'));
const measured = { ...random, ...summarizeFaults(readRecords()) };
const missing: string[] = [];
const text = readFileSync(DOCS, 'utf8').replace(CELL, (cell, name: string) => {
  const summary = measured[name];
  if (summary === undefined) missing.push(name);
  return summary === undefined ? cell : `<!-- ${name} --> ${toCell(summary)} `;
});
writeFileSync(DOCS, text);
if (missing.length > 0) console.log(`Left as they were, not measured: ${missing.join(', ')}`);

/** By fault and step, as `two nodes of one name: seen`. */
function readRecords(): Map<string, number[]> {
  const all = new Map<string, number[]>();
  if (!existsSync(RECORDS)) return all;
  for (const line of readFileSync(RECORDS, 'utf8').trimEnd().split('\n')) {
    const { fault, step, ms } = JSON.parse(line) as FaultRecord;
    const name = `${fault}: ${step}`;
    all.set(name, [...(all.get(name) ?? []), ms]);
  }
  return all;
}

function toCell({ times, medianMs, worstMs }: FaultSummary): string {
  const to = (ms: number) => (ms < 400 ? '< 0.4' : (ms / 1000).toFixed(1));
  return times === 1 ? `${to(worstMs)} s (once)` : `${to(medianMs)} / ${to(worstMs)} s (${times})`;
}
