import { fork } from 'node:child_process';
import { join } from 'node:path';
import { root } from '#e2e/support/root.ts';
import type { HostileKind } from './open-hostile.ts';

export interface HostileProcess {
  /** Connections that were made, those that were closed and made again included. */
  made(): number;
  open(): number;
  close(): void;
}

/** `openHostile` in a process of its own: what it takes to be hostile must not slow down who measures. */
export function startHostile(
  url: string,
  count: number,
  kinds: readonly HostileKind[],
  largest: string,
): HostileProcess {
  const child = fork(
    join(root, 'e2e/support/hostile/hostile-process.ts'),
    [url, String(count), kinds.join(','), largest],
    { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  );
  let last = { made: 0, open: 0 };
  child.on('message', (message) => {
    last = message as typeof last;
  });
  return {
    made: () => last.made,
    open: () => last.open,
    close: () => void child.kill('SIGKILL'),
  };
}
