import type { HistoryState } from './history.ts';
import type { IncidentKind, IncidentState } from './incident.ts';
import { SWARM_EVENT_KINDS, type SwarmEventKind, type SwarmEventLevel } from './swarm-event.ts';

/**
 * What the swarm's one axis of time shows, each kind in a lane of its own.
 * - `deploys` services that were created, changed, scaled, updated, rolled back or removed
 * - `nodes` nodes of the swarm
 * - `managers` the leader, and whether managers reach each other
 * - `failures` tasks that ended badly and probes that failed, by stack
 * - `unknown` engines that could not be read
 * - `checks` published ports that did not answer, where they are asked (`VITALS_CHECKS`)
 */
export const TIMELINE_LANES = ['deploys', 'nodes', 'managers', 'failures', 'unknown', 'checks'] as const;

export type TimelineLane = (typeof TIMELINE_LANES)[number];

/** Where events of a kind stand on the axis. */
export const LANE_OF_KIND: Readonly<Record<SwarmEventKind, TimelineLane>> = {
  health: 'failures',
  task: 'failures',
  update: 'deploys',
  node: 'nodes',
  manager: 'managers',
  engine: 'unknown',
};

/** The kinds of the events that stand in a lane; none where it shows something else. */
export function listKindsOfLane(lane: TimelineLane): SwarmEventKind[] {
  return SWARM_EVENT_KINDS.filter((kind) => LANE_OF_KIND[kind] === lane);
}

/** What happened in one lane within one slot of the axis. */
export interface TimelineMark {
  lane: TimelineLane;
  /** Of failures: the stack; `null` for services without one, and of other lanes. */
  stack: string | null;
  /** When the first and the last of them happened. */
  fromMs: number;
  untilMs: number;
  count: number;
  /** The worst of them. */
  level: SwarmEventLevel;
  /** Something ended, was killed or lost; `false`: probes failed, and nothing ended. */
  isEnd: boolean;
  /** What happened, where it is one; `null` where it is more, or where there are too many to say. */
  text: string | null;
}

/** An incident on the axis, or what lasted in one of its lanes because of it. */
export interface TimelineBar {
  /** `null`: the incident itself. */
  lane: 'nodes' | 'managers' | 'unknown' | null;
  incidentId: string;
  kind: IncidentKind;
  state: IncidentState;
  isCritical: boolean;
  title: string;
  fromMs: number;
  /** `null` while it lasts. */
  untilMs: number | null;
}

/** `GET /api/timeline`. */
export interface Timeline {
  /** The window of this answer, with whole slots: it may be a slot wider than asked for. */
  fromMs: number;
  untilMs: number;
  slotMs: number;
  /** Oldest first. */
  marks: TimelineMark[];
  bars: TimelineBar[];
  /** There are more incidents in the window than bars. */
  moreIncidents: boolean;
  /** Oldest first: when nothing was recorded, so nothing is known. */
  unknown: { fromMs: number; untilMs: number }[];
  /** What happened before is more than was counted: there may be marks missing. `null`: all is counted. */
  countedFromMs: number | null;
  /** Are published ports asked (`VITALS_CHECKS`)? Else nothing is known of them. */
  checks: boolean;
  /** Since when the history keeps anything; `null`: it does not yet, or cannot be read. */
  knownFromMs: number | null;
  history: HistoryState;
}
