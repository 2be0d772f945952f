import { createLab } from '#e2e/lab/create-lab.ts';
import type { Lab, LabHost } from '#e2e/lab/lab.ts';
import { removeLab } from '#e2e/lab/remove-lab.ts';
import { type GetProxy, startGetProxy } from '#e2e/support/proxies/start-get-proxy.ts';
import { startVitals, type VitalsServer } from './start-vitals.ts';

/** Two checkouts can be tested at once when each has its own. */
export const LAB_NAME = process.env.VITALS_TEST_LAB ?? 'e2e';

/** Every lab that the tests make: of most, of engines of each age, of another swarm, of three managers, of the stack. */
export const LAB_NAMES = ['', '-m', '-o', '-q', '-s'].map((suffix) => `${LAB_NAME}${suffix}`);

/** Marks the tests that need engines which this machine may have to make first. */
export const MIXED_TAG = '@mixed';

/** What the labs' hosts run, as {@link createLab} takes it: `28`, `20,28,28`, `mixed`. */
export const LAB_ENGINES = process.env.VITALS_TEST_ENGINES || 'own';

/** A real swarm of three hosts, a proxy in front of each engine, and a server that reads it through them. */
export interface Swarm {
  readonly lab: Lab;
  /** The only manager. */
  readonly manager: LabHost;
  readonly workers: [LabHost, LabHost];
  /** In the order of the hosts. */
  readonly proxies: readonly GetProxy[];
  readonly vitals: VitalsServer;
  /** What points another server at this swarm. */
  readonly settings: { VITALS_MANAGERS: string; VITALS_ENGINES: string };
  /** Everything but GET that anybody asked an engine for through the proxies: must be nothing. */
  refused(): string[];
  close(): Promise<void>;
}

/**
 * Starts all of it; leaves nothing behind when it fails.
 * @param engines what the hosts run, as {@link createLab} takes it
 */
export async function startSwarm(name = LAB_NAME, engines = LAB_ENGINES): Promise<Swarm> {
  const proxies: GetProxy[] = [];
  let vitals: VitalsServer | null = null;
  const close = async () => {
    await vitals?.kill();
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await removeLab(name);
  };
  try {
    const lab = await createLab({ name, hosts: 3, managers: 1, engines });
    const [manager, second, third] = lab.hosts;
    if (!manager || !second || !third) throw new Error('The lab has fewer than three hosts.');
    for (const host of lab.hosts) proxies.push(await startGetProxy(host.tcp));
    const endpoints = proxies.map((proxy) => proxy.endpoint);
    const settings = { VITALS_MANAGERS: endpoints[0] ?? '', VITALS_ENGINES: endpoints.join(',') };
    vitals = await startVitals(settings);
    const refused = () => proxies.flatMap((proxy) => proxy.refused());
    return { lab, manager, workers: [second, third], proxies, vitals, settings, refused, close };
  } catch (error) {
    await close();
    throw error;
  }
}
