import type { Replica, SwarmPicture } from '#lib/model/picture.ts';
import type { PlainReplica, SeedService } from './format-picture-seed.ts';

function fromSeedReplica(seed: Replica | PlainReplica): Replica {
  if (!Array.isArray(seed)) return seed;
  const [key, slot, hostname, status, sinceMs] = seed;
  return {
    key,
    slot,
    nodeId: null,
    hostname,
    status,
    sinceMs,
    sentence: null,
    cause: null,
    hint: null,
    evidence: null,
    stuck: false,
    recovering: false,
    taskId: null,
    containerId: null,
    taskState: null,
    desiredState: null,
    error: null,
    image: null,
    startedAtMs: null,
    health: null,
    restarts1h: 0,
    inRotation: null,
  };
}

/** The picture again, from `formatPictureSeed`. */
export function parsePictureSeed(seed: string): SwarmPicture {
  const picture = JSON.parse(seed) as Omit<SwarmPicture, 'services'> & { services: SeedService[] };
  const services = picture.services.map((service) => ({
    ...service,
    replicas: service.replicas.map(fromSeedReplica),
  }));
  return { ...picture, services };
}
