import type { ProbeResult } from '#lib/model/docker/probe-result.ts';
import type { UpdateState } from '#lib/model/docker/service.ts';
import type { SwarmError } from '#lib/model/docker/swarm-info.ts';
import type { TaskState } from '#lib/model/docker/task.ts';
import type { Quorum } from './quorum.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { Verdict } from './verdict.ts';

/** What the picture says of the swarm as a whole, without words. */
export type SwarmStatement =
  | { kind: 'waiting' }
  /** Somebody wants no notification of anything that is wrong. */
  | { kind: 'all-silenced' }
  | {
      kind: 'not-ok';
      /** Services that have more to say than that their node was lost: how many, and the name of the first. */
      services: { count: number; first: string } | null;
      down: LostNodes | null;
      /** Down for Swarm, and their engines answer. */
      cutOff: LostNodes | null;
      unread: LostNodes | null;
      /** Read, and something is wrong with them; `sentence` says what, of the only one, where services suffer from it. */
      impaired: (LostNodes & { sentence: string | null }) | null;
      /** What follows from these for the swarm as a whole, in the language of the whole. */
      follows: string | null;
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

/** How far the managers are from losing the swarm, without words. */
export interface QuorumStatement extends Omit<Quorum, 'sentence'> {
  /** What a manager says of the swarm as a whole; `null` when it is fine. */
  error: string | null;
}

/** Why no manager is read, without words. */
export interface ManagerProblem {
  /** In the words of whoever tried; `null`: none of them fails. */
  error: string | null;
  /** What that means, where it means that the swarm as a whole cannot be managed. */
  swarmError: SwarmError | null;
  /** What is not read is the server that a relay reads. */
  isRelayed: boolean;
  /** Our clock, epoch ms. */
  sinceMs: number;
}

/** Why the server that a relay reads cannot be read, without words. */
export type SourceProblem =
  /** It is asked for the first time. */
  | { kind: 'connecting' }
  /** `code` of Node's: `ECONNREFUSED`. */
  | { kind: 'no-answer'; code: string }
  | { kind: 'certificate'; code: string }
  | { kind: 'cut' }
  | { kind: 'silent' }
  /** It does not know the token. */
  | { kind: 'unknown-token' }
  /** It knows it, and does not let it see this. */
  | { kind: 'refused' }
  | { kind: 'redirects' }
  | { kind: 'status'; status: number }
  /** What answers there is something else. */
  | { kind: 'stranger' }
  | { kind: 'version'; theirs: number; ours: number }
  /** `at`: where in its message. */
  | { kind: 'not-understood'; at: string }
  | { kind: 'too-large' }
  /** Too much is asked of it at once. */
  | { kind: 'busy' };

/** Why a monitor gets no answer of a service. */
export type StatusStatement =
  /** `sentence`: what the picture says instead, in the language that the whole is said in. */
  | { kind: 'not-read-yet'; sentence: string }
  | { kind: 'not-read'; problem: ManagerProblem }
  /** Nothing came for longer than anything may take. */
  | { kind: 'silent' }
  | { kind: 'no-service'; service: string };

/** Why nothing leads to a node's engine. */
export type EngineGap = 'windows' | 'no-address' | 'not-set-up';

/** Where a service's update stands, without words. */
export type UpdateStatement =
  /** Docker's own word; `failed`: because a new task failed. */
  | { kind: 'state'; state: Exclude<UpdateState, 'unknown'>; failed: boolean; held?: HeldUpdate }
  /** Docker's word for a state that this version does not know, and what it says of it. */
  | { kind: 'unknown'; words: string }
  /** All is done, and Swarm never said so; `null`: it is not known when it began. */
  | { kind: 'unclosed'; what: UpdateKind; beganBeforeMs: number | null }
  /** Nothing moves. */
  | {
      kind: 'stuck';
      what: UpdateKind;
      stillForMs: number;
      /** Replicas of the version before, of all. */
      old: number;
      desired: number;
      waitsFor: { slot: number | null; state: TaskState | 'unknown'; error: string | null } | null;
    };

/** Where an update stopped: replicas of the version before, of all, and why the task ended that it stopped for. */
export interface HeldUpdate {
  old: number;
  desired: number;
  error: string | null;
}

export type UpdateKind = 'update' | 'rollback';

/** How far an update is, replica by replica, without words. */
export interface RolloutStatement {
  state: UpdateState;
  /** Replicas of the new spec that are up, of all; those that failed. */
  done: number;
  total: number;
  failed: number;
  /** Starts for longer than it should; `null`: none does. */
  slow: { key: string; slot: number | null; host: string | null; forMs: number } | null;
  startFirst: boolean;
}

/** Replicas that have the same to say, the worst of those meant, and how many others there are. */
export interface AffectedReplicas {
  places: { key: string; slot: number | null; host: string | null }[];
  status: ReplicaStatus;
  /** Their own sentence, in the language that the whole is said in; `null`: they have none. */
  sentence: string | null;
  others: number;
}

/** All that a service's one sentence is made of. */
export interface ServiceStatement {
  verdict: Verdict;
  kind: 'replicated' | 'global' | 'job';
  scaledToZero: boolean;
  desired: number;
  running: number;
  /** Finished tasks of a job; `null`: it is none. */
  completed: number | null;
  /** How many of its replicas have each status. */
  statuses: Readonly<Partial<Record<ReplicaStatus, number>>>;
  /** Those that its verdict follows from; `null`: none. */
  affected: AffectedReplicas | null;
  /** Sentences of its own findings, in the language that the whole is said in. */
  problems: string[];
  notices: string[];
  update: UpdateStatement | null;
  /** This waits without limit for one of its replicas, which will not come. */
  waiting: UpdateKind | null;
}
