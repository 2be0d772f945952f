import type { ServiceUpdate } from '#lib/model/docker/service.ts';

/**
 * What became of a service's last update, for people and pipelines.
 * - `running` Swarm is at it, be it at rolling it back
 * - `succeeded` all of it is done
 * - `stuck` Swarm says that it is at it, and nothing moves
 * - `paused` Swarm stopped it because of a failure, and waits for somebody
 * - `rolled-back` it failed, or somebody took it back: what runs is the spec before it
 * - `unknown` Swarm says something of it that this version does not know
 */
export const UPDATE_OUTCOMES = ['running', 'succeeded', 'stuck', 'paused', 'rolled-back', 'unknown'] as const;

export type UpdateOutcome = (typeof UPDATE_OUTCOMES)[number];

/** The last update of a service: Docker's own word, and what it comes to. */
export interface UpdatePicture extends ServiceUpdate {
  outcome: UpdateOutcome;
  /** One sentence without ticking times; `null` where there is nothing to say. */
  sentence: string | null;
}
