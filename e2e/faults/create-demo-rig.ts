import { createDemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/life/run-command.ts';
import type { SimContainer, SimNode } from '#lib/demo/world.ts';
import { type DemoFault, demoSchedule } from './fault.ts';
import { readTruth, toPartTruth } from './read-truth.ts';
import type { Rig } from './rig.ts';

const LOOK_MS = 50;

/** The demo swarm, in this process, over real sockets. */
export async function createDemoRig(seed: number): Promise<Rig<DemoFault>> {
  const demo = await createDemoSwarm({
    churn: 20,
    seed,
    listen: { kind: 'tcp', host: '127.0.0.1', basePort: 0 },
  });
  const unreadSince = new Map<SimNode, number>();
  const flipped = new Set<SimContainer>();

  const isReadable = (node: SimNode) => {
    const faults = demo.servers.get(node)?.faults;
    return node.up && !node.frozen && faults?.cutBodies === 0 && faults.garbage === 0;
  };
  const look = () => {
    for (const node of demo.world.nodes) {
      if (isReadable(node)) unreadSince.delete(node);
      else if (!unreadSince.has(node)) unreadSince.set(node, Date.now());
    }
  };
  const timer = setInterval(look, LOOK_MS);

  function run(command: string, input: Record<string, unknown>): boolean {
    try {
      runCommand(demo, command, input);
      return true;
    } catch (error) {
      // No container runs there now, or it has no check.
      if (!(error instanceof TypeError)) throw error;
      return false;
    }
  }

  function findContainer(number: number): SimContainer | null {
    const running = demo.world.nodes.flatMap((node) =>
      [...node.containers.values()].filter(({ state }) => state === 'running'),
    );
    return running[number % Math.max(1, running.length)] ?? null;
  }

  function onContainer(command: string, number: number, input: Record<string, unknown>): boolean {
    const container = findContainer(number);
    if (container === null) return false;
    if (command === 'flip') flipped.add(container);
    const { service, slot } = container.task;
    return run(command, { ...input, service: service.id, slot: slot ?? container.node.id });
  }

  return {
    settings: { VITALS_MANAGERS: demo.managers.join(','), VITALS_ENGINES: demo.engines.join(',') },
    schedule: demoSchedule,
    lookMs: 200,
    async inject(fault) {
      if (fault.kind === 'kill-task')
        return onContainer('kill-task', fault.replica, { exitCode: fault.exitCode });
      if (fault.kind === 'flip') return onContainer('flip', fault.replica, { to: fault.to });
      const node = String((fault.node % demo.world.nodes.length) + 1);
      return run(fault.kind, 'count' in fault ? { node, count: fault.count } : { node });
    },
    async heal() {
      for (const [node, server] of demo.servers) {
        server.faults.cutBodies = 0;
        server.faults.garbage = 0;
        run('thaw', { node: node.id });
        run('node-up', { node: node.id });
      }
      for (const container of flipped) container.forced = null;
      flipped.clear();
      look();
    },
    async settle() {},
    async readTruth() {
      const { nodes } = demo.world;
      const leader = nodes.findIndex((node) => node.leader);
      const manager = nodes[leader];
      if (!manager || !isReadable(manager))
        return toPartTruth(nodes.map((node) => ({ ...node, isSeen: isReadable(node) })));
      const unread = nodes.filter((node) => !isReadable(node)).map(({ id }) => id);
      const engines = demo.engines.filter((_, i) => isReadable(nodes[i] as SimNode));
      return readTruth(demo.engines[leader] ?? '', engines, { unread: new Set(unread), hung: new Map() });
    },
    findUnread(forMs) {
      look();
      const now = Date.now();
      return new Set(
        [...unreadSince].filter(([, sinceMs]) => now - sinceMs > forMs).map(([node]) => node.id),
      );
    },
    async close() {
      clearInterval(timer);
      await demo.close();
    },
  };
}
