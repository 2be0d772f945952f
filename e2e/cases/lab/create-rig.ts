import { images } from '#e2e/lab/images.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import type { Rig } from './lab-case.ts';

/** What failed stays as it is for as long as the cases take; the routing mesh needs a kernel with IPVS. */
const FLAGS = [
  ...['--detach', '--quiet', '--no-resolve-image', '--endpoint-mode', 'dnsrr'],
  ...['--restart-delay', '600s', '--stop-grace-period', '2s'],
];

/** @param toUrl where the product answers, once it does */
export function createRig(lab: Lab, toUrl = () => ''): Rig {
  const host = (hostname: string): LabHost => {
    const found = lab.hosts.find((one) => one.hostname === hostname);
    if (found === undefined) throw new Error(`The lab has no ${hostname}.`);
    return found;
  };
  return {
    lab,
    host,
    docker: (...args) => lab.manager.docker(...args),
    async create(name, flags, ...image) {
      const [what = images.sleep, ...command] = image;
      await lab.manager.docker('service', 'create', '--name', name, ...FLAGS, ...flags, what, ...command);
    },
    read: async <T>(path: string) => (await fetch(`${toUrl()}${path}`)).json() as Promise<T>,
    findContainer: (hostname, service) =>
      waitFor(
        () =>
          host(hostname).docker(
            ...['ps', '--quiet', '--no-trunc', '--latest'],
            ...['--filter', 'status=running', '--filter', `label=com.docker.swarm.service.name=${service}`],
          ),
        30_000,
        `a container of ${service} on ${hostname}`,
      ),
  };
}
