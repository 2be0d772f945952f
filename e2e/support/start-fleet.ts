import { type DemoProcess, startDemoSwarm } from '#e2e/bench/start-demo-swarm.ts';
import { startVitals, type VitalsServer } from './start-vitals.ts';

/** A server over several others, each on a demo swarm of its own: every one a process. */
export interface FleetLab {
  /** The server that shows them all. */
  fleet: VitalsServer;
  sources: ReadonlyMap<string, VitalsServer>;
  /** Tells the demo swarm of one of them what is to happen there. */
  order(swarm: string, command: string, input: object): Promise<void>;
  close(): Promise<void>;
}

export const FLEET_TOKEN = 'fleet-token-0123456789';

/**
 * @param settings of the server over them
 * @param tokens what it shows to some of them, where that is not the right one
 */
export async function startFleet(
  names: readonly string[],
  settings: Record<string, string> = {},
  tokens: Record<string, string> = {},
  port: number | null = null,
): Promise<FleetLab> {
  const abort = new AbortController();
  const demos = new Map<string, DemoProcess>();
  const sources = new Map<string, VitalsServer>();
  for (const name of names) {
    const demo = await startDemoSwarm({ nodes: 4, services: 8, replicas: 20 }, abort.signal);
    demos.set(name, demo);
    // Where everybody is let in, any token opens it.
    const access = { VITALS_API_TOKEN: FLEET_TOKEN, VITALS_PASSWORD: 'of the source alone' };
    sources.set(name, await startVitals({ ...demo.settings, ...access }));
  }
  const each = [...sources];
  const swarms = {
    VITALS_SWARMS: each.map(([name, { url }]) => `${name}=${url}`).join(','),
    VITALS_SWARMS_TOKENS: names.map((name) => `${name}=${tokens[name] ?? FLEET_TOKEN}`).join(' '),
  };
  const fleet = await startVitals({ ...swarms, ...settings }, port);
  return {
    fleet,
    sources,
    async order(swarm, command, input) {
      const answer = await fetch(`${demos.get(swarm)?.control}/${command}`, {
        method: 'POST',
        body: JSON.stringify(input),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    async close() {
      await Promise.allSettled([fleet, ...sources.values()].map((server) => server.stop()));
      await Promise.allSettled([...demos.values()].map((demo) => demo.close()));
    },
  };
}
