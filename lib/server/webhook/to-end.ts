import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { findNodeLosses } from '#lib/model/findings/find-node-losses.ts';
import { describeNodeWell } from '#words/node-losses.ts';
import { NODE } from './create-swarm-verdict.ts';

/** What was told of it is over, and nobody saw how: it is not there, or well. `null`: that is not seen. */
export function toEnd(
  id: string,
  hostname: string | null,
  { services, nodes }: Pick<SwarmPicture, 'services' | 'nodes'>,
): { to: Verdict | null; sentence: string } | null {
  if (id === '') return null;
  if (!id.startsWith(NODE))
    return services.some((service) => service.id === id)
      ? null
      : { to: null, sentence: 'The service was removed.' };
  const node = nodes.find((one) => NODE + one.id === id);
  const isLost = findNodeLosses(nodes, services).some(({ nodeId }) => NODE + nodeId === id);
  // Of one that is not there any more nobody knows more than that.
  if (isLost || (node !== undefined && node.engine.state !== 'live')) return null;
  return { to: 'healthy', sentence: describeNodeWell(hostname ?? '') };
}
