import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { findNodeLosses, type NodeLoss } from '#lib/model/findings/find-node-losses.ts';
import { isProblem } from '#lib/model/status/severity.ts';

/** What needs attention: lost nodes with all that they took along, and by id the services that have more to tell. */
export interface Attention {
  losses: NodeLoss[];
  /** Worst and newest first. */
  alarming: string[];
  /** Services of which it is not known how they are. */
  unknown: string[];
}

/**
 * Picks what needs attention. One cause is told once: a service with which nothing is wrong but a lost node is told with
 * that node. Nodes that nothing was set up to read are not lost; the page says how to set them up.
 */
export function toAttention({
  nodes,
  services,
}: {
  nodes: NodePicture[];
  services: ServicePicture[];
}): Attention {
  const losses = findNodeLosses(nodes, services).filter(({ kind }) => kind !== 'unconfigured');
  const told = new Set(
    losses.flatMap((loss) => loss.services.filter((one) => one.explained).map(({ id }) => id)),
  );
  const untold = services.filter(({ id }) => !told.has(id));
  const alarming = untold
    .filter((service) => isProblem(service.verdict))
    .sort((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.sinceMs - a.sinceMs);
  return {
    losses,
    alarming: alarming.map((service) => service.id),
    unknown: untold.filter((service) => service.verdict === 'unknown').map((service) => service.id),
  };
}
