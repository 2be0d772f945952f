import { NO_FINDINGS } from '#lib/model/contract/finding.ts';
import type { NodePicture, Replica, ServiceHead, SwarmPicture } from '#lib/model/contract/picture.ts';

/**
 * The shape of a seed: lines of JSON, so that the parts that did not change are written and read once, however often
 * the page is asked for. The first line is everything but the services; each further line is one service, as a list of
 * the values of `SEED_FIELDS` in their order, then its replicas.
 */
export type SeedHead = Omit<SwarmPicture, 'services'>;

/**
 * Replicas of which the overview has nothing to tell but where they are and since when they are well, several of them
 * as one text (`toPlain`), or one replica in full.
 */
export type SeedReplicas = (Replica | string)[];

const FIELDS: Record<keyof ServiceHead, true> = {
  id: true,
  name: true,
  stack: true,
  mode: true,
  image: true,
  desired: true,
  running: true,
  healthy: true,
  completed: true,
  verdict: true,
  sinceMs: true,
  sentence: true,
  update: true,
  hint: true,
  healthCheck: true,
  slowestStartMs: true,
  updatedAtMs: true,
  findings: true,
  silenced: true,
};

/** A service's own values, in the order of a line. */
export const SEED_FIELDS = Object.keys(FIELDS) as (keyof ServiceHead)[];

/** The statuses of a replica that is well, each with its letter. */
export const SEED_STATUSES: Partial<Record<Replica['status'], string>> = {
  healthy: 'h',
  running: 'r',
  complete: 'c',
};

/** What a plain replica is without: nothing of it is shown before somebody opens the replica's own page. */
export const SEED_OMITTED = {
  taskId: null,
  containerId: null,
  taskState: null,
  desiredState: null,
  image: null,
  startedAtMs: null,
  health: null,
  inRotation: null,
} satisfies Partial<Replica>;

/** What a plain replica must be: then there is nothing more to tell of it. */
export const SEED_UNREMARKABLE = {
  sentence: null,
  evidence: null,
  cause: null,
  hint: null,
  error: null,
  stuck: false,
  lostWith: null,
  recovering: false,
  restarts1h: 0,
  findings: NO_FINDINGS,
} satisfies Partial<Replica>;

/** What a line refers to by number: while it is the same text, lines keep their meaning. */
export function toPlaces(nodes: readonly NodePicture[]): string {
  return nodes.map(({ id, hostname }) => `${id} ${hostname}`).join('\n');
}
