import type { VitalsStats } from '#lib/server/vitals.ts';

/** What our server has read from all engines since its start. */
export async function readDockerTraffic(url: string): Promise<{ requests: number; bytes: number }> {
  const response = await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(10_000) });
  const { docker } = (await response.json()) as VitalsStats;
  return {
    requests: docker.reduce((sum, { requests }) => sum + requests, 0),
    bytes: docker.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
  };
}
