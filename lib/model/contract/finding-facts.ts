import type { DockerError } from '#lib/model/docker/docker-error.ts';
import type { LastWords } from '#lib/model/docker/last-words.ts';
import type { ProbeClue } from '#lib/model/docker/probe-clue.ts';
import type { ProbeResult } from '#lib/model/docker/probe-result.ts';
import type { NodeReason, SchedulingWants } from '#lib/model/docker/task-error.ts';

/**
 * What each cause knows of its case: all that its sentence and its hint are made of, in any language (`lib/words`).
 * Untrusted words of Docker or of a probe come masked and bounded. Nothing in it ticks: it changes when the case does.
 *
 * A cause that is not here yet gives its sentence itself.
 */
export interface FindingFacts extends EndFacts {
  'probe-failing': FailingProbes;
  'probe-timeout': FailingProbes;
  'probe-command': FailingProbes;
  'probe-engine': FailingProbes;
  /** So many of its last `of` failed, at most `inRow` in a row, which is too few for Docker to act. */
  'probes-flapping': {
    service: string;
    failed: number;
    of: number;
    inRow: number;
    last: ProbeResult | null;
    shell: ShellPlace | null;
    clue: ProbeClue | null;
    host: string | null;
  };
  unhealthy: FailedCheck;
  'unhealthy-stuck': FailedCheck;
  starting: Starting;
  'starting-slow': Starting & { longestMs: number; shell: ShellPlace | null };
  'starting-overdue': Starting & { intervalMs: number; shell: ShellPlace | null };
  'health-check-invalid': NoFacts;
  preparing: { host: string | null; waits: boolean };
  scheduling: { waitsFor: 'networks' | 'node'; words: string | null };
  'no-suitable-node': {
    service: string;
    reasons: NodeReason[];
    wants: SchedulingWants;
    age: ReasonAge | null;
    /** A node that it asks for, and that takes no tasks; `null`: none is known to be so. */
    off?: OffNode | null;
  };
  'no-address': FullNetwork;
  'node-down': LostReplica;
  orphaned: NoFacts;
  'engine-unread': UnreadEngine;
  /** `unread`: its engine answers, and does not tell of it, since when an inspect hangs or is refused; `null`: not yet. */
  'container-unread': { host: string | null; container: string | null; unread: 'hangs' | 'refused' | null };
  'allocating-stuck': LateFacts;
  'scheduling-stuck': LateFacts;
  'assigned-stuck': LateFacts;
  'preparing-stuck': LateFacts;
  'waiting-stuck': LateFacts;
  'starting-stuck': LateFacts;
  'start-missed': LateFacts & { checked: boolean };
  'stopping-stuck': LateFacts & { graceMs: number };
  /** What its engine has of it; `created`: one that was never started. With the exit code of one that ended. */
  'container-missing': LateFacts & {
    seen: 'nothing' | 'created' | 'ended';
    exitCode: number | null;
    state: 'runs' | 'starts' | 'is-prepared';
  };
  'node-gone': LateFacts & { node: string; state: 'runs' | 'starts' | 'is-prepared' };
  'probe-overdue': LateFacts & { intervalMs: number | null };
  'health-unread': { why: 'paused-before' | 'not-reported' };
  'state-unknown': NoFacts;
  'memory-near-limit': { service: string; percent: number; maxBytes: number; fullInMs: number | null };
  /** `hurts`: its probes time out since then. `maxCores`: `null` is not known. */
  'cpu-throttled': { service: string; percent: number; maxCores: number | null; hurts: boolean };
  'pids-near-limit': { service: string; percent: number; max: number };
  paused: { host: string | null; container: string | null };
  /** `stopped`: it has, and nothing follows. */
  stopping: { why: 'removed' | 'update' | 'rollback' | 'unknown' | 'stopped' | { drained: string } };
  complete: NoFacts;
  'starting-again': { last: EndReason };
  'starting-after-loss': AfterLoss;
  'crash-loop': CrashLoop;
  'gave-up': Surrender;
}

/** The cause says it all. */
export type NoFacts = Readonly<Record<never, never>>;

/** Its container is up, and no probe has passed. */
export interface Starting {
  service: string;
  /** Has it a health check? `null`: its container is not read yet. */
  checked: boolean | null;
  /** Failures that count, of those allowed. */
  streak: number;
  retries: number;
  /** Failures in it do not count. */
  startPeriodMs: number;
  /** So long after its start its first probe runs; `null`: there was one, or that is not known. */
  firstProbeAfterMs: number | null;
  /** The last probe, where it failed. */
  last: ProbeResult | null;
  clue: ProbeClue | null;
  /** Where it runs; `null`: not known. */
  host: string | null;
}

/** Its node was lost with the task before, and it is on its way up again. */
export interface AfterLoss {
  /** The node that was lost; `null`: no manager lists it any more. */
  host: string | null;
  now: 'down' | 'gone' | 'back';
  /** What it does until it is up. */
  meanwhile:
    | { cause: 'starting'; facts: Starting }
    | { cause: 'preparing'; facts: FindingFacts['preparing'] }
    | { cause: 'scheduling'; facts: FindingFacts['scheduling'] };
}

/** Its node is gone, with it or before it found another one. */
export interface LostReplica {
  host: string;
  /** The manager's word on the node. */
  message: string | null;
  next:
    | 'comes-back'
    | 'moves'
    /** It waits, and no other node can take it; `reasons` is `null` where the scheduler's words are not known. */
    | { reasons: NodeReason[] | null; wants: SchedulingWants }
    /** Its engine answers all the same, and its container runs there. */
    | 'runs-on'
    | 'runs-on-healthy';
  /** Its engine says that it is in no swarm any more. */
  left: boolean;
  /** Its engine answers: it is the managers that it does not reach. */
  answers: boolean;
}

/** A state that lasts for longer than it should. */
export interface LateFacts {
  service: string;
  host: string | null;
  /** The beginning of its id. */
  container: string | null;
  /** Whole minutes, hours or days: it seldom changes. */
  ageMs: number;
}

/** A node that takes no tasks, and why. */
export interface OffNode {
  host: string;
  why: 'drained' | 'paused' | 'down';
}

/** The scheduler's word is old. */
export interface ReasonAge {
  ageMs: number;
  /** A node with room for it, by our own sum of what is reserved. */
  room: string | null;
  /** A node that meets its constraints by now, which none did. */
  fits: string | null;
}

/** The engine that runs it cannot be read. */
export interface UnreadEngine {
  host: string | null;
  state: 'unconfigured' | 'unreachable' | 'stale' | 'connecting';
  /** In the words of whoever tried. */
  error: string | null;
}

/** Probes fail in a row, and Docker still calls the container healthy. */
export interface FailingProbes {
  service: string;
  streak: number;
  retries: number;
  /** `null`: not read yet. */
  last: ProbeResult | null;
  /** Where to look inside; `null` where the image may have no shell, or the container is not known. */
  shell: ShellPlace | null;
  /** What shows why, beyond the result; `null` where nothing does. */
  clue: ProbeClue | null;
  /** Where it runs; `null`: not known. */
  host: string | null;
  /** Swarm starts none in its place. */
  isForGood: boolean;
}

/** A container in which a shell can be had, by the beginning of its id. */
export interface ShellPlace {
  container: string;
  host: string;
}

/** Docker calls it unhealthy. */
export interface FailedCheck {
  service: string;
  /** Probes that failed in a row, and how many are allowed to. */
  streak: number;
  retries: number;
  last: ProbeResult | null;
  host: string | null;
  /** Will Swarm start a new one? */
  restarts: boolean;
}

/** Why a task ended badly. */
export interface EndFacts extends Record<DockerCause, DockerFault> {
  'killed-for-health': Ended & {
    /** It was never healthy before. */
    never: boolean;
    streak: number;
    last: ProbeResult | null;
    clue: ProbeClue | null;
  };
  /** Killed while it ran, or its limit is too low to start in. */
  'out-of-memory': Ended & { when: 'running' | 'at-start'; exitCode: number | null };
  'image-missing': Ended & { image: string; why: ImageFault };
  'exit-code': Ended & {
    exitCode: number;
    /** A process of it was killed for memory at another time, so long before; 0: not known when; `null`: none was. */
    oomBeforeMs: number | null;
    /** What its last log lines say; `null`: nothing that is known. */
    lastWords: LastWords | null;
    /** So many processes it may have; `null`: its service sets no limit. */
    maxPids: number | null;
  };
  /** Nothing says more: it left with exit 0, its node refused it, it could not be started, or its exit code is not known. */
  ended: Ended & { how: 'exit-0' | 'rejected' | 'not-started' | 'unknown'; hasRun: boolean };
}

/** What is known of every end. */
export interface Ended {
  service: string;
  task: string;
  /** The node it was on; `null`: not known. */
  host: string | null;
  /** Swarm starts a new one, after this delay; `null` where that goes without saying. */
  nextAfterMs: number | null;
}

/** Causes that an error text of Docker's names (`lib/model/docker/error-rows.ts`). */
export type DockerCause =
  | 'node-unfit'
  | 'port-in-use'
  | 'mount-missing'
  | 'secret-missing'
  | 'network-failed'
  | 'container-gone'
  | 'command-cannot-start'
  | 'disk-full'
  | 'host-limit'
  | 'log-driver'
  | 'plugin-missing'
  | 'device-missing'
  | 'setting-refused'
  | 'runtime-failed';

export interface DockerFault extends Ended {
  error: DockerError;
  /** What the service asks of a node, where the error is that a node has it no more; else `null`. */
  wants: { constraints: string[]; memoryBytes: number | null; cpuNano: number | null } | null;
}

/** A network with no address left, and who has them. */
export interface FullNetwork {
  network: string;
  subnets: string[];
  size: number;
  tasks: number;
  vips: number;
  nodes: number;
}

export type ImageFault =
  | 'wrong-platform'
  | 'no-such-tag'
  | 'no-such-repository'
  | 'login-refused'
  | 'rate-limit'
  | 'registry-untrusted'
  | 'registry-error'
  | 'registry-unreachable'
  | 'layer-damaged'
  | 'old-format'
  | 'invalid-name'
  | 'part-missing'
  | 'not-pulled';

export type EndCause = keyof EndFacts;

export interface EndReasonOf<C extends EndCause> {
  cause: C;
  facts: EndFacts[C];
}

export type EndReason = { [C in EndCause]: EndReasonOf<C> }[EndCause];

/** It failed several times within an hour. */
export interface CrashLoop {
  count: number;
  /** From the first of these ends to the last; `null`: not known. */
  spanMs: number | null;
  last: EndReason;
  /** Where it is now: nothing runs, it is on its way again, or it is up for now. */
  now: 'down' | 'starting' | 'up';
}

/** Swarm will not start it again. */
export interface Surrender {
  service: string;
  /** Failures within an hour, where they are a crash loop; else `null`. */
  loop: { count: number; spanMs: number | null } | null;
  last: EndReason;
  why: 'condition-none' | 'exit-0' | { attempts: number };
}
