import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { images } from '#e2e/lab/images.ts';
import { waitFor } from '#e2e/lab/wait-for.ts';
import { createServices } from '#e2e/support/create-services.ts';
import { expectStatus, toReplica } from '#e2e/support/expect-status.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { listenEvents } from '#e2e/support/listen-events.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';
import { watchReplica } from '#e2e/support/watch-replica.ts';

export interface FlipTimes {
  /** From the end of the first failed probe, as the engine's event has it, to `failing` in the document. */
  failing: number[];
  /** From the end of the first probe that passes again to `healthy` in the document. */
  healthy: number[];
}

/** Makes a probe fail and pass alternately; its file is on this machine, so that no exec but the probes' is in the events. */
export async function measureFlips(page: Page, swarm: Swarm, flips: number): Promise<FlipTimes> {
  const services = createServices(swarm);
  const folder = mkdtempSync(join(tmpdir(), 'vitals-flips-'));
  chmodSync(folder, 0o755);
  const flag = join(folder, 'bad');
  const [host] = swarm.workers;
  const times: FlipTimes = { failing: [], healthy: [] };
  const listener = await listenEvents(host, ['exec_die']);
  try {
    const name = await services.create('flipping', {
      image: images.sleep,
      flags: [
        ...['--constraint', `node.hostname==${host.hostname}`],
        ...['--mount', `type=bind,source=${folder},target=/flag`],
        ...['--health-cmd', 'test ! -e /flag/bad'],
        ...['--health-interval', '1s', '--health-timeout', '1s', '--health-retries', '100000'],
      ],
    });
    await expectStatus(toReplica(page, name), 'healthy');
    const { id } = await findContainer(swarm, name);
    const readSights = await watchReplica(page, name);
    for (let i = 0; i < 2 * flips; i++) {
      const goal = i % 2 === 0 ? 'failing' : 'healthy';
      // Not in step with the probes.
      await page.waitForTimeout(Math.random() * 1_000);
      const fromMs = Date.now();
      if (goal === 'failing') writeFileSync(flag, '');
      else rmSync(flag);
      const seen = await waitFor(
        async () => (await readSights()).find((sight) => sight.status === goal && sight.atMs >= fromMs),
        20_000,
        `${goal} on the page`,
      );
      const probe = listener.events.find(
        ({ atMs, containerId, exitCode }) =>
          containerId === id && atMs >= fromMs && (exitCode === 0) === (goal === 'healthy'),
      );
      if (probe) times[goal].push(seen.atMs - probe.atMs);
    }
    return times;
  } finally {
    listener.close();
    await services.removeAll();
    rmSync(folder, { recursive: true, force: true });
  }
}
