/** A name for a file with a log: letters that every system takes, and the time in UTC. */
export function toLogFileName(serviceName: string, key: string | null, at: Date): string {
  const subject = key === null ? serviceName : `${serviceName}.${key.slice(0, 12)}`;
  const safe = subject.replace(/[^a-zA-Z0-9._-]+/g, '-').replace(/^[.-]+/, '');
  const stamp = at.toISOString().slice(0, 19).replace(/[:T]/g, '-');
  return `${safe === '' ? 'log' : safe}-${stamp}.log`;
}
