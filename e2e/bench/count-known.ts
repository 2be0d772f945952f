/** By the metrics: of all answers that count replicas they are the cheapest. */
export async function countKnown(url: string): Promise<{ known: number; unknown: number }> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(60_000) });
  const count = { known: 0, unknown: 0 };
  for (const [, status, value] of (await response.text()).matchAll(
    /^\w+_replicas\{[^}]*status="(\w+)"[^}]*\} (\d+)/gm,
  ))
    count[status === 'unknown' ? 'unknown' : 'known'] += Number(value);
  return count;
}
