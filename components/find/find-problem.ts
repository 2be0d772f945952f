import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findTroubles, stepTrouble, type Trouble } from '#lib/view/overview/troubles.ts';

function nameTrouble(trouble: Trouble): string {
  if (trouble.kind === 'node') return trouble.hostname;
  if (trouble.kind === 'service') return trouble.serviceName;
  const { slot, hostname } = trouble.replica;
  return slot === null
    ? `${trouble.serviceName} on ${hostname ?? 'no node'}`
    : `${trouble.serviceName}.${slot}`;
}

/** Where the next problem (`step` 1) or the one before is, seen from the page at `path`, and what to say of it. */
export function findProblem(
  picture: SwarmPicture | null,
  path: string,
  step: 1 | -1,
): { text: string; href: string | null } {
  if (picture === null) return { text: 'The swarm is being read.', href: null };
  const troubles = findTroubles(picture);
  const next = stepTrouble(troubles, path, step);
  if (next === null) return { text: 'Nothing needs attention.', href: null };
  const { trouble, number } = next;
  return { text: `Problem ${number} of ${troubles.length}: ${nameTrouble(trouble)}`, href: trouble.href };
}
