import type { Asked } from '#lib/demo/api/create-tally.ts';
import type { VitalsStats } from '#lib/server/vitals.ts';

export interface DockerTraffic {
  requests: number;
  bytes: number;
  /** By kind of question, as a demo swarm counts it: bodies alone. */
  kinds: Record<string, Asked>;
}

/** What our server has read from all engines since its start, and what the demo swarm's engines were asked. */
export async function readDockerTraffic({
  url,
  control,
}: {
  url: string;
  control: string;
}): Promise<DockerTraffic> {
  const response = await fetch(`${url}/api/healthz`, { signal: AbortSignal.timeout(60_000) });
  const { docker } = (await response.json()) as VitalsStats;
  const answer = await fetch(`${control}/asked`, { method: 'POST', signal: AbortSignal.timeout(60_000) });
  const { asked } = (await answer.json()) as { asked?: Record<string, Asked> };
  return {
    requests: docker.reduce((sum, { requests }) => sum + requests, 0),
    bytes: docker.reduce((sum, { bytesRead }) => sum + bytesRead, 0),
    kinds: asked ?? {},
  };
}

/** What a minute of each kind of question costs, the dearest first: a line each. */
export function formatKinds(before: DockerTraffic, after: DockerTraffic, aMinute: number): string[] {
  return Object.entries(after.kinds)
    .map(([kind, { requests, bytes }]) => ({
      kind,
      requests: (requests - (before.kinds[kind]?.requests ?? 0)) * aMinute,
      megabytes: ((bytes - (before.kinds[kind]?.bytes ?? 0)) * aMinute) / 1e6,
    }))
    .filter(({ requests, megabytes }) => requests > 0 || megabytes > 0)
    .sort((one, other) => other.megabytes - one.megabytes)
    .map(
      ({ kind, requests, megabytes }) =>
        `${megabytes.toFixed(2).padStart(9)} MB ${requests.toFixed(0).padStart(7)} × ${kind}`,
    );
}
