import { IMPAIRED_LOOK, type Look, NODE_LOOKS, VERDICT_LOOKS } from '#components/status/looks.ts';
import type { FleetProblem } from '#lib/model/contract/fleet.ts';
import type { FleetRow } from '#lib/view/fleet/to-fleet-view.ts';
import * as words from '#words/pages/fleet.ts';

/** How a swarm is shown among others: its word says how many problems it has, or that it is silent. */
export function toSwarmLook({ tone, verdict, word }: FleetRow): Look {
  const className =
    tone === 'well'
      ? 's-healthy'
      : tone === 'changing'
        ? VERDICT_LOOKS[verdict === 'starting' ? 'starting' : 'updating'].className
        : VERDICT_LOOKS[verdict].className;
  return { word, className };
}

/** How a problem of a swarm is shown, as on that swarm's own pages. */
export function toFleetProblemLook({ kind, verdict, nodeState, isBad }: FleetProblem): Look {
  if (kind === 'service') return VERDICT_LOOKS[verdict];
  if (kind === 'node') {
    const look = NODE_LOOKS[nodeState ?? 'unknown'];
    return isBad || look.className !== 's-healthy' ? look : VERDICT_LOOKS.unknown;
  }
  return isBad
    ? { word: IMPAIRED_LOOK.word, className: VERDICT_LOOKS[verdict].className }
    : { word: words.silent, className: 's-unknown' };
}
