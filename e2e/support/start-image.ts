import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECK, ENTER } from './checkout.ts';
import { root } from './root.ts';

/** What the image runs, as it runs it, with memory of its own for its heartbeat as a container has. Needs root. */
export interface ImageProcess {
  readonly process: ChildProcess;
  log(): string;
  /** Of its heart. */
  readonly heartbeat: string;
  /** The image's own check. @param uptime the file to count by in the place of /proc/uptime */
  check(uptime?: string): { status: number | null; output: string };
}

export function startImage(command: 'server' | 'agent', settings: Record<string, string>): ImageProcess {
  const run = 'mount -t tmpfs tmpfs /dev/shm && exec "$@"';
  const node = join(root, 'node_modules/.bin/node');
  const child = spawn(
    'unshare',
    ['-m', 'setpriv', '--pdeathsig', 'KILL', 'sh', '-c', run, 'sh', node, ENTER, command],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH ?? '',
        NODE_ENV: 'production',
        NEXT_TELEMETRY_DISABLED: '1',
        ...settings,
      },
    },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      log += String(chunk);
    });
  const heartbeat = `/proc/${child.pid}/root/dev/shm/vitals-heartbeat`;
  return {
    process: child,
    log: () => log,
    heartbeat,
    check(uptime = '/proc/uptime') {
      const { status, stdout } = spawnSync('/bin/sh', [CHECK, heartbeat, uptime], { encoding: 'utf8' });
      return { status, output: stdout };
    },
  };
}
