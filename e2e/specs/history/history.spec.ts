import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { images } from '#e2e/lab/images.ts';
import { run } from '#e2e/lab/run.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import {
  readEvents,
  readHealth,
  readLastLogLines,
  readReplica,
  readReplicaDetail,
  readReplicaHistory,
  readServiceHistory,
} from '#e2e/support/read-api.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';
import { expect, test } from '#e2e/support/test.ts';

/** Healthy until `/tmp/sick` is there; writes to both streams, and ends with 3 when it is stopped. */
const DYING = {
  image: images.sleep,
  flags: [
    ...['--health-cmd', 'test ! -e /tmp/sick || { echo pool exhausted; exit 7; }'],
    ...['--health-interval', '1s', '--health-retries', '2', '--restart-delay', '1s'],
  ],
  command: ['sh', '-c', 'trap "echo leaving >&2; exit 3" TERM; echo serving; sleep 1000000 & wait'],
};

test('a replica was killed for its health, its container removed, and our server killed: its last probes, exit and log lines are still there', async ({
  page,
  swarm,
  services,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-data-'));
  const vitals = await startVitals({ ...swarm.settings, VITALS_DATA: folder });
  const statusOf = async (name: string) => (await readReplica(vitals, name).catch(() => null))?.status;
  try {
    const name = await services.create('dying', DYING);
    await expect.poll(() => statusOf(name)).toBe('healthy');
    const container = await findContainer(swarm, name);
    const { taskId } = container;
    await container.host.docker('exec', container.id, 'touch', '/tmp/sick');
    await expect.poll(async () => (await readReplica(vitals, name)).taskId).not.toBe(taskId);
    await expect.poll(() => statusOf(name)).toBe('healthy');
    const textsOf = async () =>
      (await readLastLogLines(vitals, taskId)).lines.map(({ stream, text }) => `${stream}: ${text}`);
    await expect.poll(textsOf).toEqual(['stdout: serving', 'stderr: leaving']);
    await expect
      .poll(async () => (await readEvents(vitals, `service=${name}`)).events.map(({ text }) => text).join())
      .toContain('Killed for its health');
    await container.host.docker('rm', '--force', container.id);

    await vitals.kill();
    await vitals.start();
    await expect.poll(() => statusOf(name)).toBe('healthy');
    await expect.poll(async () => (await readReplica(vitals, name)).restarts1h).toBe(1);

    const detail = await readReplicaDetail(vitals, name, '1');
    const dead = detail.earlierTasks.find(({ id }) => id === taskId);
    expect(dead).toMatchObject({ exitCode: 3, end: { cause: 'killed-for-health' } });
    expect(dead?.probes.filter(({ exitCode }) => exitCode === 7).map(({ output }) => output)).toEqual([
      'pool exhausted\n',
      'pool exhausted\n',
    ]);
    expect(dead?.probes[0]?.exitCode).toBe(0);
    expect(await textsOf()).toEqual(['stdout: serving', 'stderr: leaving']);

    const past = await readReplicaHistory(vitals, name, '1');
    expect(past.history.kind).toBe('disk');
    expect(past.tasks[0]).toMatchObject({
      taskId,
      hasLastLines: true,
      end: { cause: 'killed-for-health', exitCode: 3, evidence: { text: 'pool exhausted' } },
    });
    expect(past.uptime.h1.percent).toBeLessThan(100);
    const starts = past.probes.kind === 'exact' ? past.probes.probes.map((one) => one.startedAtMs) : [];
    expect(new Set(starts).size).toBe(starts.length);
    expect((await readServiceHistory(vitals, name)).restartsByCause).toMatchObject([
      { cause: 'killed-for-health', count: 1 },
    ]);

    const { events } = await readEvents(vitals, `service=${name}`);
    const lines = events.toReversed().map(({ kind, level, text }) => `${kind} ${level} ${text}`);
    const place = `${name}.1 on ${container.host.name}`;
    for (const part of [
      `health warn ${place}: Failed 1 of 2 probes (exit 7)`,
      `task bad ${place}: Killed for its health: 2 probes in a row failed`,
    ])
      expect(
        lines.some((one) => one.startsWith(part)),
        `${part}\n${lines.join('\n')}`,
      ).toBe(true);
    expect(lines.at(-1)).toMatch(/^health good .* is healthy\.$/);

    const refused = await page.request.get(`${vitals.url}/api/events?kind=healt`);
    expect(refused.status()).toBe(400);
    expect((await refused.json()).error).toContain('kind is one or more of health');
    expect((await page.request.get(`${vitals.url}/api/tasks/none/last-words`)).status()).toBe(404);
  } finally {
    await vitals.kill();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a full disk stops the history, says so, and never the live view; with room again it goes on', async ({
  swarm,
  services,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-full-'));
  await run('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'none', folder]);
  const filler = join(folder, 'filler');
  const vitals = await startVitals({ ...swarm.settings, VITALS_DATA: folder });
  const history = async () => (await readHealth(vitals)).history;
  const statusOf = async (name: string) => (await readReplica(vitals, name).catch(() => null))?.status;
  try {
    await expect.poll(async () => (await history()).kind).toBe('disk');
    await writeFile(filler, Buffer.alloc(4_000_000)).catch((error: NodeJS.ErrnoException) => {
      expect(error.code).toBe('ENOSPC');
    });
    const name = await services.create('unkept', DYING);
    await expect.poll(() => statusOf(name)).toBe('healthy');
    await expect.poll(async () => (await history()).sentence).toContain('the disk is full');
    expect((await readReplicaHistory(vitals, name, '1')).history.kind).toBe('broken');
    const container = await findContainer(swarm, name);
    await container.host.docker('exec', container.id, 'touch', '/tmp/sick');
    await expect.poll(async () => (await readReplica(vitals, name)).taskId).not.toBe(container.taskId);

    rmSync(filler);
    await expect.poll(async () => (await history()).kind).toBe('disk');
    await expect
      .poll(async () => (await readReplicaHistory(vitals, name, '1')).spans.at(-1)?.status)
      .toBe(await statusOf(name));
    expect(vitals.log()).toContain('the disk is full');
  } finally {
    await vitals.kill();
    await run('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});
