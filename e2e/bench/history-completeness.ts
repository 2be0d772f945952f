import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { images } from '#e2e/lab/images.ts';
import { createServices } from '#e2e/support/create-services.ts';
import { findContainer } from '#e2e/support/find-container.ts';
import { inspectContainer } from '#e2e/support/inspect-container.ts';
import { readReplicaHistory } from '#e2e/support/read-api.ts';
import { startSwarm } from '#e2e/support/start-swarm.ts';
import { startVitals } from '#e2e/support/start-vitals.ts';

/**
 * `node e2e/bench/history-completeness.ts [minutes]`: does the history have every probe of a 5 s check, each once? Docker itself is
 * asked for the truth meanwhile; the server is killed once in the middle. By hand, not in CI. Needs a build, Linux and
 * root.
 */
const minutes = Number(process.argv[2] ?? 30);
const swarm = await startSwarm();
const folder = mkdtempSync(join(tmpdir(), 'vitals-data-'));
const services = createServices(swarm);
const vitals = await startVitals({ ...swarm.settings, VITALS_DATA: folder });

async function end(): Promise<void> {
  await vitals.kill();
  await swarm.close();
  rmSync(folder, { recursive: true, force: true });
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void end().then(() => process.exit(130)));
try {
  const check = ['--health-cmd', 'date', '--health-interval', '5s', '--health-retries', '3'];
  const name = await services.create('probed', { image: images.sleep, flags: check });
  const container = await findContainer(swarm, name);
  const observed = new Set<number>();
  const untilMs = Date.now() + minutes * 60_000;
  const killAtMs = Date.now() + minutes * 30_000;
  let killed = false;
  while (Date.now() < untilMs) {
    const { health } = await inspectContainer(container);
    for (const { startedAtMs } of health?.probes ?? []) observed.add(startedAtMs);
    if (!killed && Date.now() > killAtMs) {
      killed = true;
      await vitals.kill();
      await vitals.start();
    }
    await sleep(2_000);
  }
  // Routine reads come every four probes.
  await sleep(30_000);
  const { probes } = await readReplicaHistory(vitals, name, '1', minutes * 60_000 + 120_000);
  if (probes.kind !== 'exact') throw new Error('The probes are told in buckets: fewer minutes, please.');
  const kept = probes.probes.map(({ startedAtMs }) => startedAtMs);
  const missing = [...observed].filter((atMs) => !kept.includes(atMs));
  console.log(
    `${minutes} min: Docker told of ${observed.size} probes; the history has ${observed.size - missing.length} of them, ` +
      `${kept.length - new Set(kept).size} doubled. The server was killed once.`,
  );
  process.exitCode = missing.length === 0 && new Set(kept).size === kept.length ? 0 : 1;
} finally {
  await end();
}
