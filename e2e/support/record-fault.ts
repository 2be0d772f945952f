import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { print } from './print.ts';
import { root } from './root.ts';

/** One run of a fault: each call prints how long it took from the one before. */
export interface FaultRecorder {
  /** The page and the API say so, in these words. */
  seen(words: string): void;
  /** It is over, and what is shown is true again. */
  true(): void;
}

/** One fault of a test run, as `docs/faults.md` is made of them; times in milliseconds. */
export interface FaultRecord {
  fault: string;
  step: 'seen' | 'true';
  ms: number;
  words: string | null;
}

const FILE = join(root, 'test-results/faults.jsonl');

/** Begins to measure a fault that happens now. Prints what it finds among the results, and keeps it for the docs. */
export function recordFault(fault: string): FaultRecorder {
  let fromMs = Date.now();
  function note(step: FaultRecord['step'], words: string | null): void {
    const ms = Date.now() - fromMs;
    fromMs = Date.now();
    print(`${fault} → ${step}: ${ms} ms${words === null ? '' : `, “${words}”`}`);
    mkdirSync(join(root, 'test-results'), { recursive: true });
    const record: FaultRecord = { fault, step, ms, words };
    appendFileSync(FILE, `${JSON.stringify(record)}\n`);
  }
  return { seen: (words) => note('seen', words), true: () => note('true', null) };
}
