import type { Answer, Ask, QuestionKind } from '#lib/history/question.ts';
import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { findNodes } from '#lib/model/contract/picture-lookup.ts';
import type { NodeUsage, ReplicaUsage, ReplicaUsageDetail, ServiceUsage } from '#lib/model/contract/usage.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { UsageReader } from '#lib/usage/create-usage.ts';

interface Window {
  fromMs: number;
  untilMs: number;
}

/** What pages and routes may ask of what containers use. Who asks looks: it is read more often for the next seconds. */
export interface UsageAnswers {
  /** Whether it is read here at all. */
  readonly isOn: boolean;
  /** By name or id; `null`: no such service. */
  service(name: string): Promise<ServiceUsage | null>;
  /** By id or hostname; `null`: no such node, or several of that hostname. */
  node(name: string): Promise<NodeUsage | null>;
  /** With a window, the past too, also of a replica that is gone; `null`: no such replica. */
  replica(name: string, key: string, window: Window | null): Promise<ReplicaUsageDetail | null>;
}

/** Older than this is not how it is now. */
const FRESH_MS = 5 * 60_000;

export function createUsageAnswers(parts: {
  /** `null`: `VITALS_USAGE=off`. */
  reader: Pick<UsageReader, 'look'> | null;
  ask<K extends QuestionKind>(question: Ask<K>): Promise<Answer<K> | null>;
  picture(): SwarmPicture;
  nodeOf(nodeId: string): SwarmNode | null;
  nowMs(): number;
}): UsageAnswers {
  const { reader, ask, picture, nowMs } = parts;
  const head = () => ({ atMs: nowMs(), enabled: reader !== null });

  function findService(name: string): ServicePicture | null {
    const { services } = picture();
    return services.find((one) => one.name === name) ?? services.find((one) => one.id === name) ?? null;
  }

  function lookAt({ taskId }: Replica, as: 'page' | 'list'): Pick<ReplicaUsage, 'usage' | 'error'> {
    if (taskId === null || reader === null) return { usage: null, error: null };
    return reader.look(taskId, as);
  }

  function toReplicaUsage(serviceName: string, replica: Replica): ReplicaUsage {
    const { key, hostname } = replica;
    return { serviceName, key, hostname, ...lookAt(replica, 'list') };
  }

  return {
    isOn: reader !== null,
    async service(name) {
      const service = findService(name);
      if (service === null) return null;
      return {
        ...head(),
        replicas: service.replicas.map((replica) => toReplicaUsage(service.name, replica)),
      };
    },
    async node(name) {
      const [node, ...others] = findNodes(picture().nodes, name);
      if (node === undefined || others.length > 0) return null;
      const here = picture().services.flatMap((service) =>
        service.replicas
          .filter((replica) => replica.nodeId === node.id && replica.startedAtMs !== null)
          .map((replica) => toReplicaUsage(service.name, replica)),
      );
      const found = parts.nodeOf(node.id);
      return {
        ...head(),
        ...sumUsage(here, nowMs()),
        memoryMaxBytes: found?.memoryBytes ?? null,
        cpuMaxCores: found?.cpuNano == null ? null : found.cpuNano / 1e9,
        replicas: here,
      };
    },
    async replica(name, key, window) {
      const service = findService(name);
      const replica = service?.replicas.find((one) => one.key === key) ?? null;
      const known = replica === null ? { usage: null, error: null } : lookAt(replica, 'page');
      if (window === null) return replica === null ? null : { ...head(), ...known, series: null };
      const serviceId = service?.id ?? (await ask({ kind: 'find-service', name, atMs: null }))?.id ?? null;
      if (serviceId === null) return null;
      const past = await ask({ kind: 'usage', serviceId, key, ...window });
      // A history that cannot be read does not show that it never was.
      if (replica === null && past?.seen === false) return null;
      return { ...head(), ...known, series: past?.series ?? null };
    },
  };
}

/** All of them together, as far as that is known now. */
export function sumUsage(replicas: readonly ReplicaUsage[], nowMs: number) {
  const sinceMs = nowMs - FRESH_MS;
  const fresh = replicas.flatMap(({ usage }) => (usage !== null && usage.atMs >= sinceMs ? [usage] : []));
  return {
    memoryBytes: sum(fresh.map(({ memoryBytes }) => memoryBytes)),
    cpuCores: sum(fresh.map(({ cpuCores }) => cpuCores)),
    running: replicas.length,
    read: fresh.length,
  };
}

/** `null`: there is nothing to add up, or one of them is not known. */
function sum(values: readonly (number | null)[]): number | null {
  let total = 0;
  for (const value of values) {
    if (value === null) return null;
    total += value;
  }
  return values.length === 0 ? null : total;
}
