import type { Replica } from '#lib/model/contract/picture.ts';

/** When the first of these replicas may be given up by Docker, epoch ms; `null` when none is failing. */
export function toDecidesAt(replicas: readonly Pick<Replica, 'health'>[]): number | null {
  let firstMs: number | null = null;
  for (const { health } of replicas) {
    const atMs = health?.decidesAtMs ?? null;
    if (atMs !== null && (firstMs === null || atMs < firstMs)) firstMs = atMs;
  }
  return firstMs;
}
