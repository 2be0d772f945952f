import { inParallel } from '#e2e/lab/in-parallel.ts';
import type { Lab } from '#e2e/lab/lab.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { createLabHosts } from './create-lab-hosts.ts';
import { createLabServices } from './create-lab-services.ts';
import { type LabFault, labSchedule } from './lab-fault.ts';
import { readTruth } from './read-truth.ts';
import type { Rig } from './rig.ts';

/** Docker's own time to come to terms with what happened to it. */
const SETTLED_WITHIN_MS = 120_000;

/** A real swarm: the first half of its hosts is read directly, the others through a proxy that can misbehave. */
export async function createLabRig(lab: Lab, print: (text: string) => void): Promise<Rig<LabFault>> {
  const half = Math.ceil(lab.hosts.length / 2);
  const proxies = await Promise.all(lab.hosts.slice(half).map((host) => startGetProxy(host.tcp)));
  const endpoints = lab.hosts.map((host, i) => proxies[i - half]?.endpoint ?? host.tcp);
  const hosts = await createLabHosts(
    lab,
    lab.hosts.map((_, i) => proxies[i - half] ?? null),
  );
  const services = createLabServices(lab.name, () => hosts.list('readable').map(({ host }) => host));
  const hung = new Map<string, number>();
  await services.createBase();
  let leaderId: string | null = null;

  return {
    settings: {
      VITALS_MANAGERS: endpoints.slice(0, lab.managers.length).join(','),
      VITALS_ENGINES: endpoints.join(','),
    },
    schedule: labSchedule,
    lookMs: 400,
    async inject(fault) {
      if (!('host' in fault)) return services.inject(fault);
      if (fault.kind === 'stop' || fault.kind === 'leave') services.resumeShims();
      return hosts.inject(fault);
    },
    async heal() {
      services.resumeShims();
      await hosts.heal();
      await services.heal();
    },
    async settle() {
      const settled = () => waitFor(() => readSettled(lab), SETTLED_WITHIN_MS, 'the swarm to settle');
      await settled().catch(async (error: Error) => {
        // Docker itself does not find its way back from everything: then people restart it.
        print(`  every engine is started anew: ${error.message}`);
        await inParallel(lab.hosts, (host) => host.kill());
        await inParallel(lab.hosts, (host) => host.start());
        await settled();
      });
    },
    async readTruth() {
      const unseen = new Set(hosts.list('unseen').map(({ nodeId }) => nodeId));
      const readable = hosts.list('readable').filter(({ nodeId }) => !unseen.has(nodeId));
      const manager = hosts.findManager(leaderId);
      const engines = readable.map(({ host }) => host.tcp);
      // A frozen leader is not missed at once: until then, managers do not answer.
      const whole =
        manager && (await readTruth(manager.tcp, engines, { unread: unseen, hung }).catch(() => null));
      leaderId = Object.entries(whole?.nodes ?? {}).find(([, { leader }]) => leader)?.[0] ?? null;
      return whole ?? hosts.toPartTruth();
    },
    findUnread: hosts.findUnread,
    async close() {
      await inParallel(proxies, (proxy) => proxy.close());
    },
  };
}

interface DockerNode {
  ID: string;
  Status: { State: string };
  ManagerStatus?: { Leader?: boolean; Reachability: string };
}

/**
 * Do all managers say the same of all nodes, and that all is well with them, and do all engines answer?
 * @throws when one does not answer
 */
async function readSettled({ hosts, managers }: Lab): Promise<boolean> {
  const get = async (tcp: string, path: string): Promise<Response> => {
    const answer = await fetch(`${tcp.replace('tcp:', 'http:')}${path}`, {
      signal: AbortSignal.timeout(5_000),
      headers: { connection: 'close' },
    });
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const answers = await Promise.all(
    managers.map(async ({ tcp }) => {
      const nodes = (await (await get(tcp, '/nodes')).json()) as DockerNode[];
      const isWell = nodes.every(
        ({ Status, ManagerStatus }) =>
          Status.State === 'ready' && (ManagerStatus?.Reachability ?? 'reachable') === 'reachable',
      );
      const leader = nodes.find((node) => node.ManagerStatus?.Leader)?.ID;
      if (nodes.length !== hosts.length || !isWell || leader === undefined)
        throw new Error(JSON.stringify(nodes.map((node) => [node.Status.State, node.ManagerStatus])));
      return leader;
    }),
  );
  await Promise.all(hosts.map(({ tcp }) => get(tcp, '/_ping')));
  return new Set(answers).size === 1;
}
