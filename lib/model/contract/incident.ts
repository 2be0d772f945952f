import type { Evidence } from './diagnosis.ts';
import type { FindingCause, SwarmCause } from './finding.ts';
import type { HistoryState, StatusSpan } from './history.ts';
import type { Silenced } from './silenced.ts';
import type { SwarmEvent } from './swarm-event.ts';

/**
 * What an incident is about, by what explains it.
 * - `swarm` the swarm as a whole: its managers, its addresses
 * - `node` nodes that are lost, or that have something others suffer from
 * - `engine` engines that cannot be read: what runs there is not known
 * - `update` an update or a rollback, and the failures it brought
 * - `crash-loop` replicas of one service that end again and again
 * - `service` whatever else is wrong with one service
 */
export const INCIDENT_KINDS = ['swarm', 'node', 'engine', 'update', 'crash-loop', 'service'] as const;

export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/**
 * - `open` something of it lasts
 * - `recovered` all services are whole again, and what explains it lasts
 * - `over` nothing of it lasts
 */
export const INCIDENT_STATES = ['open', 'recovered', 'over'] as const;

export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Why, as the picture said it when the incident began; of the first that had something to say. */
export interface IncidentReason {
  cause: FindingCause | null;
  sentence: string | null;
  /** Untrusted words of Docker or a probe, masked and bounded. */
  evidence: Evidence | null;
  hint: string | null;
}

/** A node that explains it. */
export interface IncidentNode extends IncidentReason {
  id: string;
  hostname: string | null;
  fromMs: number;
  /** `null` while it lasts. */
  untilMs: number | null;
}

/** A service that it touches. */
export interface IncidentService extends IncidentReason {
  id: string;
  name: string;
  stack: string | null;
  fromMs: number;
  /** When it was whole again; `null` while it is not. */
  untilMs: number | null;
  /** Replicas that were touched, each once. */
  replicas: number;
  /** The first of them, by their keys. */
  keys: string[];
  /** Tasks that ended badly in it. */
  ends: number;
}

/** What is kept of an incident: findings that belong together, from the first sign to the end. */
export interface IncidentRecord {
  id: string;
  kind: IncidentKind;
  /** What explains it, by the key of `incident-sign.ts`. */
  rootKey: string;
  /** Our clock, by the best evidence there is. */
  startedAtMs: number;
  /** Since when all services are whole again, also while what explains it lasts; `null`: they are not, or it touched none. */
  recoveredAtMs: number | null;
  endedAtMs: number | null;
  /** Did we look when it began, and when it ended? */
  isStartSeen: boolean;
  isEndSeen: boolean;
  reason: IncidentReason;
  /** The first of them, in the order in which they were touched. */
  nodes: IncidentNode[];
  services: IncidentService[];
  /** All of them; of a restart in between at least so many. */
  counts: {
    nodes: number;
    services: number;
    replicas: number;
    /** Replicas that came up again on another node. */
    moved: number;
    ends: number;
  };
  /** Was anything worse than a warning in it? */
  isCritical: boolean;
  /** So many of its replicas are not known now: it does not end before they are. */
  unknown: number;
  /** How often it came back within two minutes of its end. */
  returns: number;
  /** Of one of an update: is it, or was it, rolled back? `null`: not, or not yet. */
  rollback: 'started' | 'completed' | null;
  /** The worst that its nodes brought upon the swarm as a whole, such as a loss of quorum; `null`: nothing. */
  ofSwarm: SwarmCause | null;
  /** It turned out to be a part of this one; else `null`. */
  mergedInto: string | null;
}

/** One entry of `GET /api/incidents`. */
export interface Incident extends Omit<IncidentRecord, 'rootKey' | 'rollback' | 'ofSwarm' | 'mergedInto'> {
  state: IncidentState;
  /** What it is called: `docker07 lost`. */
  title: string;
  /** Its course in short, in order of time. */
  course: string[];
}

/** What one line says of it. */
export type IncidentLine = Pick<
  Incident,
  'id' | 'kind' | 'state' | 'title' | 'course' | 'counts' | 'startedAtMs' | 'endedAtMs' | 'isCritical'
>;

/** Those that last, for above the problems of the overview. */
export interface OpenIncidents {
  /** Of those that are more than the problem of one service, the few that took most along. */
  lines: IncidentLine[];
  /** How many last, whatever they are. */
  total: number;
}

/** Which incidents are asked for; `null`: all. */
export interface IncidentsQuery {
  state: 'open' | 'over' | null;
  /** Those that lasted at any time between, both included. */
  sinceMs: number | null;
  untilMs: number | null;
  /** Only those older than this one, by its id. */
  before: string | null;
  limit: number;
  /** Name or id. */
  service: string | null;
  /** Hostname or id. */
  node: string | null;
  /** A stack's name. */
  stack: string | null;
}

/** `GET /api/incidents`. */
export interface IncidentsPage {
  /** The newest first. */
  incidents: Incident[];
  /** There are older ones: ask again with `before` the last one's id. */
  more: boolean;
  history: HistoryState;
}

/** One replica over the time of an incident. */
export interface IncidentLane {
  serviceId: string;
  serviceName: string;
  key: string;
  slot: number | null;
  /** Where it is now, or was last. */
  hostname: string | null;
  /** Oldest first; between them nothing is known. */
  spans: StatusSpan[];
}

/** `GET /api/incidents/{id}`. */
export interface IncidentDetail {
  incident: Incident;
  /** What happened in it, oldest first. */
  events: SwarmEvent[];
  /** There were more: these are the first and the last of them. */
  isCut: boolean;
  /** What changed in the 15 minutes before it, newest first: deploys, and what happened to nodes. */
  before: SwarmEvent[];
  /** Of replicas that were touched, the first to come back first. */
  lanes: IncidentLane[];
  history: HistoryState;
  /** All of it that still is a problem is silenced, until the first of it is not; `null`: it is not, or is over. Of the API alone. */
  silenced?: Silenced | null | undefined;
}
