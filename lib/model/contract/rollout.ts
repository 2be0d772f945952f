import type { UpdateState } from '#lib/model/docker/service.ts';

/** How far one replica is with an update. */
export type RolloutStep =
  /** Still of the spec before; its turn comes. */
  | 'waiting'
  /** The old one is told to stop, and the new one is not there yet. */
  | 'replacing'
  /** Of the new spec, and not up yet. */
  | 'starting'
  /** Up, and watched: if it fails now it counts as a failure of the update. */
  | 'watched'
  | 'done'
  /** Its newest task of the new spec ended badly. */
  | 'failed';

export interface RolloutSlot {
  key: string;
  slot: number | null;
  hostname: string | null;
  step: RolloutStep;
  /** Since when it is in this step. */
  sinceMs: number | null;
  /** Until when it is watched. */
  watchedUntilMs: number | null;
  taskId: string | null;
  image: string | null;
}

/** A task made since the update began that ended badly. */
export interface RolloutFailure {
  taskId: string;
  key: string;
  slot: number | null;
  hostname: string | null;
  atMs: number | null;
  sentence: string;
}

/** An update, or its rollback, replica by replica. */
export interface Rollout {
  state: UpdateState;
  startedAtMs: number | null;
  completedAtMs: number | null;
  /** In one sentence: where it stands, and what Swarm does next. */
  sentence: string;
  /** The task that the update was paused or rolled back for; `null`: none is named, or it is not known any more. */
  culprit: RolloutFailure | null;
  slots: RolloutSlot[];
  /** Newest first. */
  failures: RolloutFailure[];
  /** So many failed tasks does Swarm bear; with one more it acts. */
  failuresAllowed: number;
}
