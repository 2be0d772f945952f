import type { SimNode } from '#lib/demo/world.ts';
import { toNetworkError } from '#lib/engine/docker/transport/to-network-error.ts';
import { parseEndpoint } from '#lib/engine/parse-endpoint.ts';
import type { Source } from '#lib/model/docker/source.ts';

const NO_TLS = { certPath: null, tlsVerify: false };

export const isAnswering = (node: SimNode) => node.up && !node.frozen;

/** A node's engine as its watcher would tell of it from then on. */
export function toEngineSource(node: SimNode, endpoint: string, atMs: number): Source {
  const refused = Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' });
  const isThere = isAnswering(node);
  return {
    kind: 'engine',
    endpoint,
    nodeId: node.id,
    state: isThere ? 'live' : 'unreachable',
    sinceMs: atMs,
    error: isThere ? null : toNetworkError(refused, parseEndpoint(endpoint, NO_TLS)).message,
    lastReadMs: atMs,
    active: true,
    engineVersion: node.release.version,
    apiVersion: node.release.apiVersion,
    left: false,
    skewMs: 0,
  };
}
