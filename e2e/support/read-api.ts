import type { z } from 'zod';
import type { ReplicaDetail, ServiceDetail } from '#lib/model/contract/detail.ts';
import type {
  EventsPage,
  HistoryState,
  LastLogLines,
  ReplicaHistory,
  ServiceHistory,
} from '#lib/model/contract/history.ts';
import type { IncidentDetail, IncidentsPage } from '#lib/model/contract/incident.ts';
import type { NodeDetail, NodesPage } from '#lib/model/contract/node-detail.ts';
import type { Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { replicaDetailSchema, serviceDetailSchema } from '#lib/wire/schema/detail-schema.ts';
import {
  eventsPageSchema,
  lastLogLinesSchema,
  replicaHistorySchema,
  serviceHistorySchema,
} from '#lib/wire/schema/history-schema.ts';
import { incidentDetailSchema, incidentsPageSchema } from '#lib/wire/schema/incident-schema.ts';
import { nodeDetailSchema, nodesPageSchema } from '#lib/wire/schema/node-schema.ts';
import { swarmPictureSchema } from '#lib/wire/schema/picture-schema.ts';
import type { VitalsServer } from './start-vitals.ts';

type At = Pick<VitalsServer, 'url'>;

/** Reads one path of the API and holds the answer against its schema. @throws when it is not as the contract says */
async function read<T>({ url }: At, path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return schema.parse(await response.json());
}

export function readSwarm(vitals: At): Promise<SwarmPicture> {
  return read(vitals, '/api/swarm', swarmPictureSchema);
}

export function readServiceDetail(vitals: At, name: string): Promise<ServiceDetail> {
  return read(vitals, `/api/services/${encodeURIComponent(name)}`, serviceDetailSchema);
}

export function readReplicaDetail(vitals: At, name: string, key: string): Promise<ReplicaDetail> {
  return read(vitals, `/api/services/${encodeURIComponent(name)}/${key}`, replicaDetailSchema);
}

export function readNodes(vitals: At): Promise<NodesPage> {
  return read(vitals, '/api/nodes', nodesPageSchema);
}

export function readNode(vitals: At, name: string): Promise<NodeDetail> {
  return read(vitals, `/api/nodes/${encodeURIComponent(name)}`, nodeDetailSchema);
}

/** @param query as in the address: `service=web&level=bad` */
export function readEvents(vitals: At, query = ''): Promise<EventsPage> {
  return read(vitals, `/api/events?${query}`, eventsPageSchema);
}

export function readServiceHistory(vitals: At, name: string): Promise<ServiceHistory> {
  return read(vitals, `/api/services/${encodeURIComponent(name)}/history`, serviceHistorySchema);
}

/** Of the last `lastMs`. */
export function readReplicaHistory(
  vitals: At,
  name: string,
  key: string,
  lastMs = 3_600_000,
): Promise<ReplicaHistory> {
  const path = `/api/services/${encodeURIComponent(name)}/${key}/history`;
  return read(vitals, `${path}?fromMs=${Date.now() - lastMs}`, replicaHistorySchema);
}

export function readLastLogLines(vitals: At, taskId: string): Promise<LastLogLines> {
  return read(vitals, `/api/tasks/${taskId}/last-words`, lastLogLinesSchema);
}

/** What the process says of itself. */
export async function readHealth({ url }: At): Promise<{ ok: boolean; history: HistoryState }> {
  return (await fetch(`${url}/api/healthz`)).json();
}

/** One service of the picture. @throws when it is not in it */
export async function readService(vitals: At, name: string): Promise<ServicePicture> {
  const service = (await readSwarm(vitals)).services.find((one) => one.name === name);
  if (service === undefined) throw new Error(`${name} is not in the picture.`);
  return service;
}

/** One replica of the picture. @throws when it is not in it */
export async function readReplica(vitals: At, name: string, key = '1'): Promise<Replica> {
  const replica = (await readService(vitals, name)).replicas.find((one) => one.key === key);
  if (replica === undefined) throw new Error(`${name}.${key} is not in the picture.`);
  return replica;
}

export function readIncidents(vitals: At, query = ''): Promise<IncidentsPage> {
  return read(vitals, `/api/incidents?${query}`, incidentsPageSchema);
}

export function readIncident(vitals: At, id: string): Promise<IncidentDetail> {
  return read(vitals, `/api/incidents/${encodeURIComponent(id)}`, incidentDetailSchema);
}
