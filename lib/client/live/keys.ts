import { toPath } from '#lib/view/links/to-path.ts';

/** The keys of what is asked for: each is its address in the API. */
export const keys = {
  serviceDetail: (name: string) => toPath(`/api/services/${encodeURIComponent(name)}`),
  replicaDetail: (name: string, key: string) =>
    toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}`),
  nodeDetail: (id: string) => toPath(`/api/nodes/${encodeURIComponent(id)}`),
  serviceHistory: (name: string) => toPath(`/api/services/${encodeURIComponent(name)}/history`),
  replicaHistory: (name: string, key: string) =>
    toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}/history`),
  replicaUsage: (name: string, key: string) =>
    toPath(`/api/services/${encodeURIComponent(name)}/${encodeURIComponent(key)}/usage`),
  serviceUsage: (name: string) => toPath(`/api/services/${encodeURIComponent(name)}/usage`),
  nodeUsage: (id: string) => toPath(`/api/nodes/${encodeURIComponent(id)}/usage`),
  openIncidents: (limit: number) => toPath(`/api/incidents?state=open&limit=${limit}`),
  newestIncidents: () => toPath('/api/incidents?limit=100'),
  incident: (id: string) => toPath(`/api/incidents/${encodeURIComponent(id)}`),
  silences: () => toPath('/api/silences'),
  events: (query: string) => toPath(`/api/events?${query}`),
  timeline: (fromMs: number, untilMs: number) =>
    toPath(`/api/timeline?fromMs=${Math.round(fromMs)}&untilMs=${Math.round(untilMs)}`),
  lastLogLines: (taskId: string) => toPath(`/api/tasks/${encodeURIComponent(taskId)}/last-words`),
} as const;
