/** By the metrics: of all answers that count replicas they are the cheapest. Builds of before December 2026 count by service alone. */
export async function countKnown(url: string): Promise<{ known: number; unknown: number }> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(60_000) });
  const text = await response.text();
  const [ofSwarm, ofServices] = ['swarm_vitals_swarm_replicas', 'swarm_vitals_replicas'].map((name) => [
    ...text.matchAll(new RegExp(`^${name}\\{[^}]*status="(\\w+)"[^}]*\\} (\\d+)`, 'gm')),
  ]);
  const count = { known: 0, unknown: 0 };
  for (const [, status, value] of (ofSwarm?.length ? ofSwarm : ofServices) ?? [])
    count[status === 'unknown' ? 'unknown' : 'known'] += Number(value);
  return count;
}
