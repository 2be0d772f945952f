import { setTimeout as sleep } from 'node:timers/promises';
import { readStream } from '#e2e/support/read-stream.ts';
import type { Swarm } from '#e2e/support/start-swarm.ts';

export interface Load {
  viewers: number;
  requests: number;
  bytes: number;
  /** `N × path`, most first. */
  paths: string[];
  memoryBytes: number;
}

/** What the server asks of Docker in `seconds`, scaled to a minute, while that many streams are open. */
export async function measureLoad(
  { proxies, vitals }: Swarm,
  viewers: number,
  seconds: number,
): Promise<Load> {
  const streams = await Promise.all(Array.from({ length: viewers }, () => readStream(vitals)));
  for (const stream of streams) await stream.next('snapshot');
  await sleep(3_000);
  for (const proxy of proxies) proxy.reset();
  await sleep(seconds * 1_000);
  const traffic = new Map<string, number>();
  let requests = 0;
  let bytes = 0;
  for (const one of proxies.flatMap((proxy) => proxy.traffic())) {
    traffic.set(one.path, (traffic.get(one.path) ?? 0) + one.requests);
    requests += one.requests;
    bytes += one.bytes;
  }
  for (const stream of streams) stream.close();
  const scale = 60 / seconds;
  return {
    viewers,
    requests: Math.round(requests * scale),
    bytes: Math.round(bytes * scale),
    paths: [...traffic]
      .filter(([, count]) => count > 0)
      .sort((a, b) => b[1] - a[1])
      .map(([path, count]) => `${Math.round(count * scale)} × ${path}`),
    memoryBytes: vitals.readMemoryBytes(),
  };
}
