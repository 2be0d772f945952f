import type { FindingCause } from '#lib/model/contract/finding.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { MadeSwarm } from './made-docker/create-made-swarm.ts';

/** What must be said of one thing, and what must not. What is left out is not looked at. */
export interface Expected {
  /** Whom it is about; if nothing is named, the service of the case's name. */
  service?: string;
  node?: string;
  swarm?: true;
  /** One of the service's replicas, by its key; for `status`, if left out, all of them. */
  replica?: string;
  /** Of `GET /api/status/SERVICE`. */
  code?: 200 | 404 | 503;
  verdict?: Verdict;
  status?: ReplicaStatus;
  /** `running` of `desired`. */
  counts?: [running: number, desired: number];
  /** There is a finding of this cause: of the service or a replica of it, of the node, or of the swarm. */
  cause?: FindingCause;
  /** Its level, and what explains it. */
  level?: 'problem' | 'notice';
  because?: FindingCause | null;
  /** In its sentence, hint or evidence; without a cause, in whatever is said of the subject. */
  says?: (string | RegExp)[];
  /** Nowhere in what is said of the subject. */
  never?: (string | RegExp)[];
  /** No finding of level problem, of the service, its replicas, the node or the swarm. */
  isWell?: true;
  /** Members of the subject's JSON, by their path: `update.outcome`. */
  has?: Record<string, unknown>;
}

/** The lay of one case: what it lays its facts with. */
export interface Lay {
  swarm: MadeSwarm;
  /** For its service, and whatever else it makes: the case's id, or that of its control. */
  name: string;
  /** Lay the fault too: not for the control. */
  faulty: boolean;
}

/** What once happened to somebody, as facts, and what the product has to say of it. */
export interface Case {
  /** In small letters, as a service may be called: `c01`. */
  id: string;
  title: string;
  /**
   * Where it was told: a public thread, or `docker-facts` for what was seen on real engines; `ours`: nobody has told of it,
   * and it can be.
   */
  source: string;
  /**
   * Lays the facts: with the fault and, under another name, without. Services of a case may only be on hosts it adds
   * itself or on docker01 to docker03, which all cases of one swarm share.
   */
  lay(lay: Lay): void;
  expect: Expected | Expected[];
  /** Of the same without the fault; well, if left out. `null`: there is no such thing. */
  control?: Expected | Expected[] | null;
  /** It changes the swarm as a whole, and gets one of its own: with so many managers. */
  ownSwarm?: { managers: number };
}

export const WELL: Expected = { code: 200, isWell: true };
