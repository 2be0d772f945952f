import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readWaitedMs } from './read-waited-ms.ts';

const burn = (ms: number) => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test.runIf(existsSync('/proc/thread-self/schedstat'))(
  'time in which others have the processor counts, time in which we wait for something does not',
  async () => {
    const idleFrom = readWaitedMs();
    await wait(300);
    const idleMs = readWaitedMs() - idleFrom;
    const others = Array.from({ length: 3 * availableParallelism() }, () =>
      spawn(process.execPath, ['-e', 'setTimeout(() => process.exit(), 20000); for (;;);']),
    );
    await Promise.all(others.map((one) => new Promise((resolve) => one.once('spawn', resolve))));
    const from = readWaitedMs();
    // Until it is seen: when the others begin is the machine's affair.
    for (let turn = 0; turn < 100 && readWaitedMs() - from < 2 * idleMs + 50; turn += 1) burn(100);
    const waitedMs = readWaitedMs() - from;
    for (const one of others) one.kill('SIGKILL');
    expect(waitedMs).toBeGreaterThan(2 * idleMs + 49);
  },
);
