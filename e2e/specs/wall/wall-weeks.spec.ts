import { expect, test } from '@playwright/test';
import { startVitalsSubject } from '#e2e/bench/start-vitals-subject.ts';
import { print } from '#e2e/support/print.ts';
import { startFeed } from '#e2e/support/proxies/start-feed.ts';
import { churnWall } from '#e2e/support/wall/churn-wall.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';

/** So many hours of a swarm's life: `WALL_HOURS=24 npm run e2e -- wall-weeks` is the long version. */
const HOURS = Number(process.env.WALL_HOURS ?? 2);

test(`a wall keeps neither memory nor elements over ${HOURS} hours of churn in little time`, async ({
  page,
}) => {
  test.setTimeout(60_000 + HOURS * 60_000);
  const size = { nodes: 1, services: 1, replicas: 1 };
  const subject = await startVitalsSubject({ size, profile: null, signal: new AbortController().signal });
  const feed = await startFeed(subject.url, buildSwarmPicture(), 'unknown');
  try {
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto(`${feed.url}/wall?views=services,stacks,nodes&every=5`);
    const samples = await churnWall(page, feed, HOURS);
    for (const { hour, heapMb, elements, listeners } of samples)
      print(
        `${hour.toFixed(1)} h: ${heapMb.toFixed(1)} MB heap, ${elements} elements, ${listeners} listeners`,
      );
    const half = samples.slice(Math.floor(samples.length / 2));
    const early = samples.slice(1, Math.ceil(samples.length / 2));
    const max = (of: typeof samples, what: 'heapMb' | 'elements' | 'listeners') =>
      Math.max(...of.map((sample) => sample[what]));
    expect(max(half, 'heapMb')).toBeLessThan(max(early, 'heapMb') * 1.1 + 1);
    expect(max(half, 'elements')).toBeLessThan(max(early, 'elements') * 1.2 + 200);
    expect(max(half, 'listeners')).toBeLessThan(max(early, 'listeners') * 1.2 + 50);
    await expect(page.locator('.wall')).toHaveAttribute('data-truth', 'live');
  } finally {
    await feed.close();
    await subject.close();
  }
});
