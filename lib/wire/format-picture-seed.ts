import type { NodePicture, Replica, ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import { SEED_FIELDS, SEED_STATUSES, SEED_UNREMARKABLE, type SeedReplicas, toPlaces } from './seed-shape.ts';

interface Place {
  index: number;
  node: NodePicture;
}

// The picture is made by another bundle than the pages, with another empty list: findings are counted.
const { findings: _, ...SAME } = SEED_UNREMARKABLE;
const UNREMARKABLE = Object.entries(SAME) as [keyof Replica, unknown][];

// Pictures are immutable and shared in parts: a service is written once for as long as it stays the same.
const written = new WeakMap<ServicePicture, { places: string; line: string }>();

/** `<slot>.<node's number>.<status><since, in s>`, numbers in base 36; null when there is more to tell. */
function toPlain(replica: Replica, places: ReadonlyMap<string, Place>): string | null {
  const { key, slot, nodeId, hostname, status, sinceMs, health, findings } = replica;
  const letter = SEED_STATUSES[status];
  const place = places.get(nodeId ?? '');
  if (letter === undefined || (health?.failingStreak ?? 0) > 0) return null;
  if (findings.length > 0 || UNREMARKABLE.some(([field, value]) => replica[field] !== value)) return null;
  if (place?.node.hostname !== hostname || key !== (slot === null ? nodeId : String(slot))) return null;
  return `${slot ?? ''}.${place.index.toString(36)}.${letter}${Math.round(sinceMs / 1000).toString(36)}`;
}

function formatService(service: ServicePicture, places: ReadonlyMap<string, Place>): string {
  const replicas: SeedReplicas = [];
  let plain: string[] = [];
  const endPlain = () => {
    if (plain.length > 0) replicas.push(plain.join(' '));
    plain = [];
  };
  for (const replica of service.replicas) {
    const text = toPlain(replica, places);
    if (text !== null) plain.push(text);
    else {
      endPlain();
      replicas.push(replica);
    }
  }
  endPlain();
  return JSON.stringify([...SEED_FIELDS.map((field) => service[field]), replicas]);
}

/**
 * A picture as the first HTML carries it (`seed-shape.ts`): one short text, as React would walk through every value of
 * an object, twice. What the overview does not show of replicas that are well is left out.
 */
export function formatPictureSeed(picture: SwarmPicture): string {
  const { services, ...head } = picture;
  const known = toPlaces(head.nodes);
  const places = new Map(head.nodes.map((node, index) => [node.id, { index, node }]));
  const lines = services.map((service) => {
    const before = written.get(service);
    if (before?.places === known) return before.line;
    const line = formatService(service, places);
    written.set(service, { places: known, line });
    return line;
  });
  return [JSON.stringify(head), ...lines].join('\n');
}
