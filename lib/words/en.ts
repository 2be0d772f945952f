import { endings } from './en/ends.ts';
import { describeAway, describeEnding, events } from './en/events.ts';
import { evidence } from './en/evidence.ts';
import { describeIncident } from './en/incidents.ts';
import { late } from './en/late.ts';
import { describeMoment } from './en/life.ts';
import { describeStatus } from './en/managers.ts';
import { nearLimit } from './en/near-limit.ts';
import { describeAgentGap, describeEngineGap, nodes } from './en/nodes.ts';
import { leaderlessApart, nodesApart, quorumLostApart } from './en/nodes-apart.ts';
import { placing } from './en/placing.ts';
import { probes } from './en/probes.ts';
import { notShown, withoutQuotes } from './en/quotes.ts';
import { describeSource } from './en/relay.ts';
import { nodeRoots } from './en/roots.ts';
import { describeService, services } from './en/services.ts';
import { starting } from './en/starting.ts';
import { describeQuorum, describeSwarm, swarms } from './en/swarm.ts';
import { unknown, withoutUnreadReason } from './en/unknown.ts';
import { describeRollout, describeUpdate } from './en/updates.ts';
import type { Words } from './words.ts';

/**
 * English, by subject. Plain words that an operator who is not a native speaker reads at three in the morning: short,
 * active, Docker's own nouns, no relative clause without its noun.
 */
export const en: Words = {
  findings: {
    replica: { ...starting, ...probes, ...endings, ...placing, ...late, ...unknown, ...nearLimit },
    node: { ...nodes, ...nodeRoots },
    service: services,
    swarm: swarms,
  },
  events,
  away: describeAway,
  ending: describeEnding,
  swarm: describeSwarm,
  quorum: describeQuorum,
  service: describeService,
  update: describeUpdate,
  engineGap: describeEngineGap,
  agentGap: describeAgentGap,
  nodesApart,
  quorumLostApart,
  leaderlessApart,
  withoutQuotes,
  withoutUnreadReason,
  notShown,
  rollout: describeRollout,
  source: describeSource,
  status: describeStatus,
  moment: describeMoment,
  incident: describeIncident,
  evidence,
};
