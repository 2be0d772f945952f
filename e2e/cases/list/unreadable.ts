import type { Case } from '#e2e/cases/case.ts';
import { probe } from '#e2e/cases/made-docker/times.ts';

/** What cannot be read is not green. */
export const CASES: Case[] = [
  {
    id: 'streak-of-two',
    title: 'healthy for Docker, and its last two probes failed',
    source: 'https://github.com/moby/moby/issues/24900',
    lay: ({ swarm, name, faulty }) =>
      void swarm.service({
        name,
        container: faulty && {
          State: { Health: { FailingStreak: 2, Log: [probe('40 s', 1), probe('9 s', 1)] } },
        },
      }),
    expect: {
      code: 503,
      verdict: 'failing',
      status: 'failing',
      level: 'problem',
      says: ['Failed 2 of 3 probes'],
    },
  },
];
