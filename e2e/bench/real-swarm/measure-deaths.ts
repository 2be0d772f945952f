import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { createServices } from '#e2e/support/create-services.ts';
import { expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { listenEvents } from '#e2e/support/listen-events.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { watchReplica } from '#e2e/support/watch-replica.ts';

/** Kills a task's container again and again: from the engine's `die` event to another status in the document. */
export async function measureDeaths(page: Page, swarm: Swarm, deaths: number): Promise<number[]> {
  const services = createServices(swarm);
  const [host] = swarm.workers;
  const listener = await listenEvents(host, ['die']);
  const times: number[] = [];
  try {
    const name = await services.create('dying', {
      image: images.sleep,
      flags: ['--constraint', `node.hostname==${host.hostname}`, '--restart-delay', '500ms'],
    });
    const replica = toReplica(page, name);
    await expectStatus(replica, 'running');
    const readSights = await watchReplica(page, name);
    for (let i = 0; i < deaths; i++) {
      await expectStatus(replica, 'running');
      const { id } = await findContainer(swarm, name);
      const fromMs = Date.now();
      await host.docker('kill', id);
      const seen = await waitFor(
        async () => (await readSights()).find(({ status, atMs }) => status !== 'running' && atMs >= fromMs),
        20_000,
        'the death on the page',
      );
      const die = listener.events.find(({ containerId }) => containerId === id);
      if (die) times.push(seen.atMs - die.atMs);
    }
    return times;
  } finally {
    listener.close();
    await services.removeAll();
  }
}
