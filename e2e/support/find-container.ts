import type { LabHost } from '#e2e/lab/lab.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { Swarm } from './start-swarm.ts';

/** A task's container and the host it is on. */
export interface TaskContainer {
  host: LabHost;
  id: string;
  taskId: string;
  /** Slot number, or node id for global services: the replica's key. */
  key: string;
}

/** The containers of a service that are up, on every host whose engine answers. */
export async function listContainers({ lab }: Pick<Swarm, 'lab'>, service: string): Promise<TaskContainer[]> {
  const filter = `label=com.docker.swarm.service.name=${service}`;
  const ofHosts = await Promise.all(
    lab.hosts.map(async (host) => {
      const printed = await host.docker(
        ...['ps', '--no-trunc', '--filter', filter, '--format', '{{.ID}} {{.Names}}'],
      );
      return printed
        .split('\n')
        .filter((line) => line !== '')
        .map((line): TaskContainer => {
          const [id = '', name = ''] = line.split(' ');
          const [key = '', taskId = ''] = name.slice(service.length + 1).split('.');
          return { host, id, taskId, key };
        });
    }),
  );
  return ofHosts.flat().sort((a, b) => a.key.localeCompare(b.key));
}

/** The container of a replica that is up; waits for it. */
export function findContainer(swarm: Swarm, service: string, key = '1'): Promise<TaskContainer> {
  return waitFor(
    async () => (await listContainers(swarm, service)).find((one) => one.key === key),
    30_000,
    `the container of ${service}.${key}`,
  );
}
