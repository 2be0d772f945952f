/** The address of a service's page. */
export function toServiceHref(serviceName: string): string {
  return `/services/${encodeURIComponent(serviceName)}`;
}

/** The address of a replica's page. */
export function toReplicaHref(serviceName: string, key: string): string {
  return `${toServiceHref(serviceName)}/${encodeURIComponent(key)}`;
}
