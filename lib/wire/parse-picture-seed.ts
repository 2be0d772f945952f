import type {
  NodePicture,
  Replica,
  ServiceHead,
  ServicePicture,
  SwarmPicture,
} from '#lib/model/contract/picture.ts';
import {
  SEED_FIELDS,
  SEED_OMITTED,
  SEED_STATUSES,
  SEED_UNREMARKABLE,
  type SeedHead,
  type SeedReplicas,
  toPlaces,
} from './seed-shape.ts';

const STATUSES = new Map(
  Object.entries(SEED_STATUSES).map(([status, letter]) => [letter, status as Replica['status']]),
);

// The lines of the seed before: on the server, most of the next one are the same, and what is derived of them is kept.
let known: { places: string; services: Map<string, ServicePicture> } = { places: '', services: new Map() };

function fromPlain(text: string, nodes: readonly NodePicture[]): Replica {
  const [slot = '', place = '', since = ''] = text.split('.');
  const node = nodes[Number.parseInt(place, 36)];
  return {
    key: slot === '' ? (node?.id ?? '') : slot,
    slot: slot === '' ? null : Number(slot),
    nodeId: node?.id ?? null,
    hostname: node?.hostname ?? null,
    status: STATUSES.get(since.charAt(0)) ?? 'unknown',
    sinceMs: Number.parseInt(since.slice(1), 36) * 1000,
    ...SEED_OMITTED,
    ...SEED_UNREMARKABLE,
  };
}

function parseService(line: string, nodes: readonly NodePicture[]): ServicePicture {
  const values = JSON.parse(line) as unknown[];
  const head = Object.fromEntries(SEED_FIELDS.map((field, at) => [field, values[at]]));
  // What most of them do not have has a place in the line all the same.
  if (head.silenced === null) delete head.silenced;
  const replicas = (values[SEED_FIELDS.length] as SeedReplicas).flatMap((one) =>
    typeof one === 'string' ? one.split(' ').map((text) => fromPlain(text, nodes)) : one,
  );
  return { ...(head as unknown as ServiceHead), replicas };
}

/** The picture again, from `formatPictureSeed`; lines that the seed before had, too, give the same services. */
export function parsePictureSeed(seed: string): SwarmPicture {
  const [first = '', ...lines] = seed.split('\n');
  const head = JSON.parse(first) as SeedHead;
  const places = toPlaces(head.nodes);
  const before = known.places === places ? known.services : new Map<string, ServicePicture>();
  const services = new Map<string, ServicePicture>();
  for (const line of lines) services.set(line, before.get(line) ?? parseService(line, head.nodes));
  known = { places, services };
  return { ...head, services: [...services.values()] };
}
