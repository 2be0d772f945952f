import { toFleetProblemLook } from '#components/fleet/swarm-looks.ts';
import type { WallItem } from '#components/wall/wall-item.ts';
import type { FleetProblemRow } from '#lib/view/fleet/to-fleet-view.ts';
import { shortenText, toOneLine } from '#lib/view/wall/shorten-text.ts';

/** Of a swarm's name beside a problem's state. */
const MAX_TAG_EM = 11;

/** A problem of one swarm as the wall of all draws it. */
export function toFleetWallItem({ swarm, problem }: FleetProblemRow): WallItem {
  const { id, kind, sentence, evidence, cells } = problem;
  // What a swarm has as a whole bears its name.
  const name = kind === 'swarm' ? swarm : problem.name;
  return {
    id: `${swarm} ${id}`,
    look: toFleetProblemLook(problem),
    words: { name: toOneLine(name), sentence, short: null, evidence, replicas: cells.length },
    sinceMs: problem.sinceMs,
    counts: problem.counts,
    cells: cells.map((status, at) => ({ key: String(at), status })),
    tag: kind === 'swarm' ? null : shortenText(toOneLine(swarm), MAX_TAG_EM, { keep: 'ends' }),
    data: {
      'data-of': swarm,
      'data-service': kind === 'service' ? name : undefined,
      'data-node': kind === 'node' ? name : undefined,
    },
  };
}
