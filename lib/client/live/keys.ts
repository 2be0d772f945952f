import { toPath } from '#lib/view/links/to-path.ts';

/** The keys of the browser's one cache. Details are kept under their API's address. */
export const keys = {
  swarm: 'swarm',
  nodes: 'nodes',
  summary: 'summary',
  attention: 'attention',
  stacks: 'stacks',
  /** `SwarmEvent[]`, newest first: those that the stream told of. */
  recentEvents: 'events',
  /** All services; only for who looks across them, since it changes with each. */
  services: 'services',
  service: (serviceId: string) => `service:${serviceId}`,
  serviceDetail: (name: string) => toPath(`/api/services/${encodeURIComponent(name)}`),
  replicaDetail: (name: string, key: string) =>
    toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}`),
  serviceHistory: (name: string) => toPath(`/api/services/${encodeURIComponent(name)}/history`),
  replicaHistory: (name: string, key: string) =>
    toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}/history`),
  events: (query: string) => toPath(`/api/events?${query}`),
  lastWords: (taskId: string) => toPath(`/api/tasks/${encodeURIComponent(taskId)}/last-words`),
} as const;
