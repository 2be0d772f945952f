import type { DemoSwarm } from '#lib/demo/create-demo-swarm.ts';
import { runCommand } from '#lib/demo/run-command.ts';
import type { SimContainer, SimNode } from '#lib/demo/world.ts';
import type { Fault } from './fault.ts';

export interface Injector {
  /** Does to the swarm what the fault says; what cannot be done at the moment is left out. */
  inject(fault: Fault): void;
  /** Undoes everything that can be undone. */
  heal(): void;
  /** Node ids whose engine has not been readable for longer than this. */
  findUnread(forMs: number): Set<string>;
  close(): void;
}

const LOOK_MS = 50;

export function createInjector(demo: DemoSwarm): Injector {
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

  function run(command: string, input: Record<string, unknown>): void {
    try {
      runCommand(demo, command, input);
    } catch (error) {
      // No container runs there now, or it has no check.
      if (!(error instanceof TypeError)) throw error;
    }
  }

  function findContainer(number: number): SimContainer | null {
    const running = demo.world.nodes.flatMap((node) =>
      [...node.containers.values()].filter(({ state }) => state === 'running'),
    );
    return running[number % Math.max(1, running.length)] ?? null;
  }

  function onContainer(command: string, number: number, input: Record<string, unknown>): void {
    const container = findContainer(number);
    if (container === null) return;
    if (command === 'flip') flipped.add(container);
    const { service, slot } = container.task;
    run(command, { ...input, service: service.id, slot: slot ?? container.node.id });
  }

  return {
    inject(fault) {
      switch (fault.kind) {
        case 'kill-task':
          return onContainer('kill-task', fault.replica, { exitCode: fault.exitCode });
        case 'flip':
          return onContainer('flip', fault.replica, { to: fault.to });
        case 'freeze':
        case 'thaw':
        case 'node-down':
        case 'node-up':
          return run(fault.kind, { node: String((fault.node % demo.world.nodes.length) + 1) });
        case 'cut-body':
        case 'garbage':
          return run(fault.kind, {
            node: String((fault.node % demo.world.nodes.length) + 1),
            count: fault.count,
          });
        default:
      }
    },
    heal() {
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
    findUnread(forMs) {
      look();
      const now = Date.now();
      return new Set(
        [...unreadSince].filter(([, sinceMs]) => now - sinceMs > forMs).map(([node]) => node.id),
      );
    },
    close: () => clearInterval(timer),
  };
}
