import { randomBytes } from 'node:crypto';
import type { Swarm } from './start-swarm.ts';

export interface ServiceInput {
  image: string;
  /** Flags of `docker service create`. */
  flags?: readonly string[];
  command?: readonly string[];
}

/** Makes services that go again together. */
export interface Services {
  /** Creates a service with a unique name that begins with `prefix`; does not wait for its tasks. @returns its name */
  create(prefix: string, input: ServiceInput): Promise<string>;
  /** Removes what was created. Those that are gone already do not matter. */
  removeAll(): Promise<void>;
}

export function createServices({ manager }: Pick<Swarm, 'manager'>): Services {
  const names: string[] = [];
  return {
    async create(prefix, { image, flags = [], command = [] }) {
      const name = `${prefix}-${randomBytes(2).toString('hex')}`;
      names.push(name);
      await manager.docker(
        ...['service', 'create', '--detach', '--quiet', '--no-resolve-image', '--name', name],
        ...['--stop-grace-period', '3s', ...flags, image, ...command],
      );
      return name;
    },
    async removeAll() {
      const gone = names.splice(0);
      await Promise.all(gone.map((name) => manager.docker('service', 'rm', name).catch(ignoreGone)));
    },
  };
}

function ignoreGone(error: unknown): void {
  if (!/not found|no such service/i.test(String(error))) throw error;
}
