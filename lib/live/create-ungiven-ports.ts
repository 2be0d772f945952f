import type { Service } from '#lib/model/docker/service.ts';

/** Since when services lack ports that their specs publish. */
export interface UngivenPorts {
  /** Our clock; `null`: it has all. */
  findSince(service: Service, nowMs: number): number | null;
  forget(serviceId: string): void;
}

/** A service that something changes each minute would otherwise never have lacked them for a minute. */
export function createUngivenPorts(): UngivenPorts {
  const since = new Map<string, number>();

  return {
    findSince({ id, ungivenPorts, updatedAtMs, createdAtMs }, nowMs) {
      if (ungivenPorts.length === 0) {
        since.delete(id);
        return null;
      }
      const sinceMs = since.get(id) ?? Math.min(updatedAtMs ?? createdAtMs ?? nowMs, nowMs);
      since.set(id, sinceMs);
      return sinceMs;
    },
    forget: (serviceId) => void since.delete(serviceId),
  };
}
