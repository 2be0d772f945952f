import type { NodeState } from '#lib/model/contract/node-state.ts';
import type { NodePicture } from '#lib/model/contract/picture.ts';
import { toLossKind } from '#lib/model/status/severity.ts';

export function decideNodeState(
  node: Pick<NodePicture, 'status' | 'availability' | 'reachability' | 'findings'>,
): NodeState {
  if (node.status === 'down' || node.status === 'disconnected') return 'down';
  if (node.status === 'unknown') return 'unknown';
  if (node.reachability === 'unreachable') return 'manager-unreached';
  if (node.findings.some(({ cause }) => cause === 'node-not-understood')) return 'unknown';
  if (node.availability === 'drain') return 'draining';
  if (node.availability === 'pause') return 'paused';
  // Swarm calls it ready; what runs there suffers all the same.
  if (node.findings.some((finding) => toLossKind(finding) === 'impaired')) return 'impaired';
  return 'ready';
}
