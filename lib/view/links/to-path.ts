import { basePath } from './base-path.ts';

/**
 * The path to ask for, of one of ours without the base path: `/nodes` is `/swarm/nodes` below `/swarm`, and `/` is
 * `/swarm`. Whatever is linked, fetched or sent to goes through here.
 */
export function toPath(own: string): string {
  const base = basePath();
  if (base === '') return own;
  return own === '/' || own.startsWith('/?') ? base + own.slice(1) : base + own;
}
