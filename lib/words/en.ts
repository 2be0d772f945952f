import { endings } from './en/ends.ts';
import { events, sayAway, sayEnding } from './en/events.ts';
import { evidence } from './en/evidence.ts';
import { late } from './en/late.ts';
import { sayMoment } from './en/life.ts';
import { placing } from './en/placing.ts';
import { probes } from './en/probes.ts';
import { starting } from './en/starting.ts';
import { saySwarm } from './en/swarm.ts';
import { unknown } from './en/unknown.ts';
import type { Words } from './words.ts';

/**
 * English, by subject. Plain words that an operator who is not a native speaker reads at three in the morning: short,
 * active, Docker's own nouns, no relative clause without its noun.
 */
export const en: Words = {
  findings: { ...starting, ...probes, ...endings, ...placing, ...late, ...unknown },
  events,
  away: sayAway,
  ending: sayEnding,
  swarm: saySwarm,
  moment: sayMoment,
  evidence,
};
