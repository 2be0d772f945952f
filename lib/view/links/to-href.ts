import { toPath } from './to-path.ts';
/** The address of a service's page. */
export function toServiceHref(serviceName: string): string {
  return toPath(`/services/${encodeURIComponent(serviceName)}`);
}

/** The address of a node's page, by hostname or id. */
export function toNodeHref(nameOrId: string): string {
  return toPath(`/nodes/${encodeURIComponent(nameOrId)}`);
}

/** The address of an incident's page: it stays. */
export function toIncidentHref(id: string): string {
  return toPath(`/incidents/${encodeURIComponent(id)}`);
}

/** The address of a report: of a service, a stack, or the swarm. */
export function toReportHref(query: Readonly<Record<string, string>> = {}): string {
  const params = new URLSearchParams(query);
  return toPath(`/reports${params.size > 0 ? `?${params}` : ''}`);
}

/** The address of a replica's page. */
export function toReplicaHref(serviceName: string, key: string): string {
  return `${toServiceHref(serviceName)}/${encodeURIComponent(key)}`;
}

/** The address of the log of a service's replicas together. */
export function toServiceLogHref(serviceName: string): string {
  return `${toServiceHref(serviceName)}/log`;
}

/** The address of a replica's log, or of one task's of it. */
export function toReplicaLogHref(serviceName: string, key: string, taskId: string | null = null): string {
  const task = taskId === null ? '' : `?task=${encodeURIComponent(taskId)}`;
  return `${toReplicaHref(serviceName, key)}/log${task}`;
}
