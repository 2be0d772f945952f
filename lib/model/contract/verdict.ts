/** A service's or a swarm's verdict, worst first. */
export const VERDICTS = [
  'down',
  'degraded',
  'pending',
  'failing',
  'unknown',
  'updating',
  'starting',
  'running',
  'healthy',
  'idle',
] as const;

export type Verdict = (typeof VERDICTS)[number];
