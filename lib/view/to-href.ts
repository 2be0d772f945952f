/** The address of a service's page. */
export function toServiceHref(serviceName: string): string {
  return `/services/${encodeURIComponent(serviceName)}`;
}

/** The address of a node's page, by hostname or id. */
export function toNodeHref(nameOrId: string): string {
  return `/nodes/${encodeURIComponent(nameOrId)}`;
}

/** The address of a replica's page. */
export function toReplicaHref(serviceName: string, key: string): string {
  return `${toServiceHref(serviceName)}/${encodeURIComponent(key)}`;
}
