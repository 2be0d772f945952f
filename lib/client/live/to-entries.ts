import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { toSwarmHead } from '#lib/model/contract/to-swarm-head.ts';
import { toAttention } from '#lib/view/overview/to-attention.ts';
import { toStacks } from '#lib/view/overview/to-stacks.ts';
import { toSummary } from '#lib/view/overview/to-summary.ts';
import { keys } from './keys.ts';

/** A picture as the cache holds it: in parts small enough that a change touches one row. */
export function toEntries(picture: SwarmPicture): Map<string, unknown> {
  const entries = new Map<string, unknown>([
    [keys.swarm, toSwarmHead(picture)],
    [keys.nodes, picture.nodes],
    [keys.summary, toSummary(picture)],
    [keys.attention, toAttention(picture)],
    [keys.stacks, toStacks(picture.services)],
    [keys.services, picture.services],
  ]);
  for (const service of picture.services) entries.set(keys.service(service.id), service);
  return entries;
}
