import { findFreePort } from '#e2e/support/find-free-port.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';

/** From spawn to the first 200 of `/api/readyz`, which is the first full picture of the swarm; milliseconds. */
export async function measureStart({ settings }: Swarm, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const port = await findFreePort();
    const fromMs = Date.now();
    const ready = waitUntilReady(`http://127.0.0.1:${port}/api/readyz`).then((atMs) =>
      taken.push(atMs - fromMs),
    );
    const vitals = await startVitals(settings, port);
    await ready;
    await vitals.kill();
  }
  return taken;
}

async function waitUntilReady(url: string): Promise<number> {
  const endMs = Date.now() + 30_000;
  while (Date.now() < endMs) {
    const isReady = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.status === 200,
      () => false,
    );
    if (isReady) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${url} was never 200.`);
}
