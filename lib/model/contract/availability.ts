/**
 * What a service is for its uptime.
 *
 * - `up` at least one replica is up: healthy, running without a check, or failing probes that Docker does not act on yet
 * - `reduced` the same, with fewer of them than are wanted because something is wrong; counts as up
 * - `down` one is wanted, and none is up
 * - `unknown` none is known to be up, and of one nobody knows
 * - `uncounted` nobody waits for it: scaled to 0, paused by hand, a job, or on its way up for the first time
 */
export const AVAILABILITIES = ['up', 'reduced', 'down', 'unknown', 'uncounted'] as const;

export type Availability = (typeof AVAILABILITIES)[number];
