import { join } from 'node:path';
import type { HostNames } from './to-lab-names.ts';

/** Where a host keeps its things. */
export interface HostFiles {
  socket: string;
  log: string;
  pidFile: string;
  config: string;
  resolvConf: string;
  /** Lives as long as the host: images, containers, the swarm's state. */
  dataRoot: string;
  /** These two live until the host starts again, as /run and /tmp do. */
  execRoot: string;
  temporary: string;
}

/** Derives the paths of everything a host keeps, all of them in its folder. */
export function toHostFiles({ folder }: HostNames): HostFiles {
  return {
    socket: join(folder, 'docker.sock'),
    log: join(folder, 'dockerd.log'),
    pidFile: join(folder, 'docker.pid'),
    config: join(folder, 'daemon.json'),
    resolvConf: join(folder, 'resolv.conf'),
    dataRoot: join(folder, 'data'),
    execRoot: join(folder, 'exec'),
    temporary: join(folder, 'tmp'),
  };
}
