import type { Page } from '@playwright/test';
import type { Feed } from '#e2e/support/proxies/start-feed.ts';
import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';

export interface MemorySample {
  hour: number;
  heapMb: number;
  elements: number;
  listeners: number;
}

const SERVICES = 120;
/** A busy swarm: a service changes every four seconds, one comes or goes every minute. */
const CHANGES_PER_HOUR = 900;
const SAMPLES = 12;

const toService = (index: number, round: number): ServicePicture => {
  const verdict = round % 3 === 0 ? (VERDICTS[(index + round) % VERDICTS.length] ?? 'healthy') : 'healthy';
  return buildServicePicture({
    id: `s${index}`,
    name: `stack-${index % 9}_service-${index}`,
    stack: `stack-${index % 9}`,
    verdict,
    sinceMs: Date.now(),
    sentence: `Round ${round}: its replica is ${verdict}.`,
    replicas: [
      buildReplica({ evidence: { label: `exit ${round % 7}`, text: `output ${round}\n`.repeat(9) } }),
    ],
  });
};

const toNode = (index: number, round: number): NodePicture =>
  buildNodePicture({
    id: `n${index}`,
    hostname: `node-${index}`,
    status: (index + round) % 11 === 0 ? 'down' : 'ready',
  });

/** Lets `hours` of a busy swarm's life pass over a wall, as fast as it can draw them, and looks at its memory in between. */
export async function churnWall(page: Page, feed: Feed, hours: number): Promise<MemorySample[]> {
  const services = Array.from({ length: SERVICES }, (_, index) => toService(index, 0));
  const nodes = Array.from({ length: 12 }, (_, index) => toNode(index, 1));
  feed.show(buildSwarmPicture({ services, nodes }));
  const client = await page.context().newCDPSession(page);
  const samples: MemorySample[] = [];
  const total = Math.round(hours * CHANGES_PER_HOUR);
  for (let done = 0; done <= total; done += 1) {
    const index = (done * 7) % SERVICES;
    const { replicas, ...service } = toService(index, done);
    if (done % 15 === 0) feed.change([{ kind: 'service-gone', serviceId: `s${index}` }]);
    feed.change([
      { kind: 'service', service },
      ...replicas.map((replica) => ({ kind: 'replica', serviceId: service.id, replica }) as const),
      { kind: 'node', node: toNode(done % 12, done) },
    ]);
    // The page draws every picture that it receives in one go as one: let it draw.
    await new Promise((resolve) => setTimeout(resolve, 12));
    if (done % Math.ceil(total / SAMPLES) === 0) samples.push(await sample(done / CHANGES_PER_HOUR));
  }
  return samples;

  async function sample(hour: number): Promise<MemorySample> {
    await page.waitForTimeout(300);
    await client.send('HeapProfiler.collectGarbage');
    const { usedSize } = await client.send('Runtime.getHeapUsage');
    const { nodes: elements, jsEventListeners: listeners } = await client.send('Memory.getDOMCounters');
    return { hour, heapMb: usedSize / 1e6, elements, listeners };
  }
}
