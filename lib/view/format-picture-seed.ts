import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/picture.ts';

/** A replica of which the overview has nothing to tell but where it is: key, slot, hostname, status, since. */
export type PlainReplica = [string, number | null, string | null, Replica['status'], number];

/** A service as a seed holds it. */
export type SeedService = Omit<ServicePicture, 'replicas'> & { replicas: (Replica | PlainReplica)[] };

const PLAIN: ReadonlySet<Replica['status']> = new Set(['healthy', 'running', 'complete']);

function toSeedReplica(replica: Replica): Replica | PlainReplica {
  const { key, slot, hostname, status, sinceMs, health, restarts1h } = replica;
  const isPlain = PLAIN.has(status) && restarts1h === 0 && (health?.failingStreak ?? 0) === 0;
  return isPlain ? [key, slot, hostname, status, sinceMs] : replica;
}

/**
 * A picture as the first HTML carries it: one short text (React would walk through every value of an object, twice).
 * What the overview does not show of replicas that are well is left out; the stream brings it.
 */
export function formatPictureSeed(picture: SwarmPicture): string {
  const services: SeedService[] = picture.services.map((service) => ({
    ...service,
    replicas: service.replicas.map(toSeedReplica),
  }));
  return JSON.stringify({ ...picture, services });
}
