import { endings } from './en/ends.ts';
import { evidence } from './en/evidence.ts';
import { probes } from './en/probes.ts';
import type { Words } from './words.ts';

/**
 * English, by subject. Plain words that an operator who is not a native speaker reads at three in the morning: short,
 * active, Docker's own nouns, no relative clause without its noun.
 */
export const en: Words = {
  findings: { ...probes, ...endings },
  evidence,
};
