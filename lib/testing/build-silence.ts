import type { Silence } from '#lib/model/contract/silence.ts';

/** Of the service `web`, whatever is wrong with it, for an hour of the clock's first two. */
export function buildSilence(overrides: Partial<Silence> = {}): Silence {
  return {
    id: 'silence-1',
    target: { kind: 'service', name: 'web' },
    stack: null,
    cause: null,
    worst: null,
    fromMs: 0,
    untilMs: 3_600_000,
    comment: 'Known.',
    by: 'ada',
    createdAtMs: 0,
    ended: null,
    ...overrides,
  };
}
