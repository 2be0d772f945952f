import type { Finding } from '#lib/model/contract/finding.ts';

/** A problem of the swarm itself: it has lost its quorum. */
export function buildFinding(overrides: Partial<Finding> = {}): Finding {
  return {
    cause: 'quorum-lost',
    level: 'problem',
    subject: { kind: 'swarm' },
    sentence: 'Quorum is lost.',
    evidence: null,
    hint: null,
    sinceMs: 0,
    because: null,
    ...overrides,
  };
}
