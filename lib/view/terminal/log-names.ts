/** What each replica is called in a service's log, by its key: its slot, or its node; in a steady order. */
export function toLogNames(
  sources: readonly { key: string; slot: number | null; hostname: string | null }[],
): ReadonlyMap<string, string> {
  const sorted = sources.toSorted(
    (a, b) =>
      (a.slot ?? 0) - (b.slot ?? 0) ||
      (a.hostname ?? a.key).localeCompare(b.hostname ?? b.key, 'en', { numeric: true }),
  );
  return new Map(
    sorted.map(({ key, slot, hostname }) => [
      key,
      slot === null ? (hostname ?? key.slice(0, 12)) : `.${slot}`,
    ]),
  );
}

/** A name for a file with a log: letters that every system takes, and the time in UTC. */
export function toLogFileName(serviceName: string, key: string | null, at: Date): string {
  const subject = key === null ? serviceName : `${serviceName}.${key.slice(0, 12)}`;
  const safe = subject.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  const stamp = at.toISOString().slice(0, 19).replace(/[:T]/g, '-');
  return `${safe === '' ? 'log' : safe}-${stamp}.log`;
}
