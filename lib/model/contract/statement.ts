import type { ProbeResult } from '#lib/model/docker/probe-result.ts';

/** What the picture says of the swarm as a whole, without words. */
export type SwarmStatement =
  | { kind: 'waiting' }
  | {
      kind: 'not-ok';
      /** Services that have more to say than that their node was lost: how many, and the name of the first. */
      services: { count: number; first: string } | null;
      down: LostNodes | null;
      /** Down for Swarm, and their engines answer. */
      cutOff: LostNodes | null;
      unread: LostNodes | null;
      /** Read, and something is wrong with them. */
      troubled: LostNodes | null;
    }
  | {
      kind: 'ok';
      services: number;
      state: 'running' | 'healthy';
      /** How many are on their way from one good state to another. */
      changing: number;
      change: 'changing' | 'starting';
    };

/** Nodes that are down, or whose engines cannot be read, with all that they took along. */
export interface LostNodes {
  count: number;
  firstHost: string;
  replicas: number;
}

/** One moment of a task's life, without words. */
export type LifeStatement =
  | { kind: 'created' }
  | { kind: 'assigned' | 'started'; host: string | null }
  | { kind: 'healthy'; again: boolean }
  | { kind: 'failing'; result: ProbeResult }
  | { kind: 'unhealthy'; retries: number }
  | { kind: 'stopping' }
  | { kind: 'exited'; exitCode: number | null; oomKilled: boolean }
  | { kind: 'ended'; state: string };
