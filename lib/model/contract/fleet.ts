import type { Evidence } from './diagnosis.ts';
import type { IncidentLine } from './incident.ts';
import type { NodeState } from './node-state.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { SwarmEvent } from './swarm-event.ts';
import type { Verdict } from './verdict.ts';

/** The version of the contract in this file. Grows when a field changes its meaning or goes away. */
export const FLEET_VERSION = 1;
/** At most so many problems of each swarm are sent, the worst; and so many events of all. */
export const MAX_FLEET_PROBLEMS = 12;
export const MAX_FLEET_EVENTS = 40;
/** So much of each text that a swarm says, and so many versions of Docker. */
export const MAX_FLEET_CHARS = 1_000;
export const MAX_FLEET_ENGINES = 20;

/** All swarms that a relay reads, as far as whoever asks may see them: what `GET /api/fleet` answers. */
export interface FleetPicture {
  version: typeof FLEET_VERSION;
  /** Grows with every change, for the life of one server process. */
  revision: number;
  /** Our clock, now. */
  atMs: number;
  /** In the order of VITALS_SWARMS. */
  swarms: FleetSwarm[];
  /** The newest of all, newest first. */
  events: FleetEvent[];
}

export interface FleetSwarm {
  /** As in VITALS_SWARMS: its pages are below `/swarms/{name}`. */
  name: string;
  /**
   * - `live` what is said of it is so now
   * - `silent` its server, or its managers behind that, do not answer: how it is now nobody knows
   * - `waiting` it has not answered yet, and nothing has failed
   */
  state: 'live' | 'silent' | 'waiting';
  /**
   * Our clock: until when what is said of it was so. Of a live one at its last change: it is confirmed with every beat.
   * `null`: it never answered.
   */
  heardAtMs: number | null;
  /** Why it is not known how it is; `null` while it is. */
  reason: string | null;
  /** How it is; of a silent one how it was when it last answered, which counts for nothing. `null`: it never answered. */
  said: FleetSaid | null;
}

export interface FleetSaid {
  /** What it calls itself. */
  title: string;
  demo: boolean;
  verdict: Verdict;
  sentence: string;
  /** How many things need attention. */
  problems: number;
  services: { total: number; well: number; unknown: number; changing: number };
  /** Jobs are left out: they are meant to end. */
  replicas: { desired: number; healthy: number; byStatus: Record<ReplicaStatus, number> };
  nodes: {
    total: number;
    ready: number;
    /** The first that is not, by its name. */
    notReady: string | null;
  };
  managers: { total: number; reachable: number };
  /** Docker's versions on its nodes, newest first, each once. */
  engines: string[];
  /** The worst first; what is silenced after what is not. */
  worst: FleetProblem[];
  /** So many of its problems are silenced, also those beyond `worst`, and when the first and the last of that ends; not there: none. */
  silenced?: { count: number; firstMs: number; lastMs: number } | undefined;
}

/** Something in a swarm that is not well, or not known to be. */
export interface FleetProblem {
  /** Unique in its swarm: `service:<id>`, `node:<id>`, `swarm:<cause>`. */
  id: string;
  kind: 'swarm' | 'node' | 'service';
  name: string;
  /** Somebody must look; otherwise it is only not known how it is. */
  isBad: boolean;
  /** Of a service its own; else what it makes of its swarm. */
  verdict: Verdict;
  /** `null`: it is no node. */
  nodeState: NodeState | null;
  sinceMs: number | null;
  /** Somebody does not want to be notified of it until then; not there: nobody said so. */
  silencedUntilMs?: number | undefined;
  sentence: string;
  /** Untrusted text. */
  evidence: Evidence | null;
  /** Of a service: `3 of 5 replicas healthy`; else `null`. */
  counts: string | null;
  /** Of a service the statuses of its replicas, the worst first, at most 12; `replicas` says of how many. */
  cells: ReplicaStatus[];
  replicas: number;
}

export type FleetEvent = SwarmEvent & { swarm: string };

/** Why what one swarm has is not there, or not all of it. */
export interface FleetGap {
  swarm: string;
  sentence: string;
}

/** What happened in all swarms. */
export interface FleetEventsPage {
  /** The newest first, none left out between them, without evidence. It may be empty, and there may be older ones. */
  events: FleetEvent[];
  /** There are older ones, or may be: those until then; `null`: there are none. */
  olderUntilMs: number | null;
  gaps: FleetGap[];
}

/** Incidents of all swarms. */
export interface FleetIncidentsPage {
  /** The newest first, none left out between them, and those that last, however old. */
  incidents: { swarm: string; incident: IncidentLine }[];
  /** Names of those that have older ones. */
  more: string[];
  gaps: FleetGap[];
}

/** What `GET /api/fleet/search` finds. */
export interface FleetHits {
  query: string;
  /** Those in which something was found, in the order of VITALS_SWARMS. */
  swarms: {
    swarm: string;
    /** The best first, at most {@link MAX_FLEET_HITS}. */
    hits: FleetHit[];
    /** How many there are, also those beyond. */
    total: number;
  }[];
  /** Names of those that were asked for a port and did not answer in time: what they have is not known. */
  unanswered: string[];
}

export const MAX_FLEET_HITS = 8;

export interface FleetHit {
  kind: 'service' | 'node' | 'replica' | 'task' | 'container' | 'port';
  /** The address of its page, with the swarm. */
  href: string;
  /** Of a service or node its name, of a replica `web.2`, of a port who publishes it, else the id. */
  name: string;
  /** Of what it is a part: the replica of a task or a container, and the host of a replica; of a port `8080 → 80/tcp`; else `null`. */
  of: string | null;
  /** Of a service, also of one with the port, its verdict, of a node its state, else the replica's status. */
  status: Verdict | NodeState | ReplicaStatus;
}

/** What `GET /api/status` answers above all swarms: 200 where all are well, 503 where one is not, or is not known. */
export interface FleetStatus {
  ok: boolean;
  atMs: number;
  swarms: {
    name: string;
    ok: boolean;
    state: FleetSwarm['state'];
    /** `unknown` where nothing is known now. */
    verdict: Verdict;
    sentence: string;
  }[];
}
