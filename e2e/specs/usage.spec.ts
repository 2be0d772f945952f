import { images } from '#e2e/lab/images.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { expect, test } from '#e2e/support/test.ts';
import type { ReplicaUsageDetail } from '#lib/model/contract/usage.ts';

/** Holds 20 MB and does nothing: what it uses stays as it is. */
const HOLDER = {
  image: images.sleep,
  flags: ['--limit-memory', '64m', '--limit-cpu', '0.5', '--replicas', '1'],
  command: ['sh', '-c', 'head -c 20000000 /dev/zero | tail -c 20000000 | sleep 1000000'],
};

test('a replica shows what docker stats shows of it, beside its limit', async ({ page, swarm, services }) => {
  const name = await services.create('holder', HOLDER);
  const container = await findContainer(swarm, name);
  await page.goto(`/services/${name}/1`);
  const read = async (): Promise<ReplicaUsageDetail> =>
    (await page.request.get(`/api/services/${name}/1/usage`)).json();
  const stats = async () => {
    const line = await container.host.docker(
      'stats',
      '--no-stream',
      '--format',
      '{{.MemPerc}} {{.PIDs}}',
      container.id,
    );
    const [percent = '', pids = ''] = line.trim().split(' ');
    return { percent: Number.parseFloat(percent), pids: Number(pids) };
  };
  await expect(page.getByTestId('use-now')).toContainText('of 64 MiB', { timeout: 30_000 });
  // Both are read until they were read of the same moment: what a shell starts with comes and goes.
  await expect(async () => {
    const [{ usage }, docker] = await Promise.all([read(), stats()]);
    const percent = ((usage?.memoryBytes ?? 0) / (usage?.memoryMaxBytes ?? 1)) * 100;
    expect(
      Math.abs(percent - docker.percent),
      `${percent} % and docker stats ${docker.percent} %`,
    ).toBeLessThan(1);
    expect(usage?.pids).toBe(docker.pids);
    expect(usage?.cpuMaxCores).toBe(0.5);
    expect(usage?.cpuCores ?? 9).toBeLessThan(0.6);
  }).toPass({ timeout: 60_000 });
  await expect(page.getByTestId('use-now')).toContainText('of 0.5 CPUs');
  await expect(page.getByTestId('memory-at')).toContainText('of 64 MiB', { timeout: 40_000 });
  await page.goto(`/services/${name}`);
  await expect(page.locator(`[data-replica="${name}.1"] .use-cell`)).toContainText('of 64 MiB', {
    timeout: 30_000,
  });
});
