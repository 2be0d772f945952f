import { expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { findDecidesAt } from './find-decides-at.ts';

/** Every 5 s, 3 retries; the last probe ended at 20 s and took 1 s. */
const last = buildProbe({ startedAtMs: 19_000, endedAtMs: 20_000, durationMs: 1_000, exitCode: 1 });
const check = { intervalMs: 5_000, retries: 3 };

test.each<[situation: string, decidesAtMs: number | null, container: Container]>([
  [
    'the next probe decides',
    26_000,
    buildCheckedContainer({ failingStreak: 2, probes: [last] }, { startedAtMs: 1_000 }, check),
  ],
  [
    'the one after the next decides',
    32_000,
    buildCheckedContainer({ failingStreak: 1, probes: [last] }, { startedAtMs: 1_000 }, check),
  ],
  [
    'it starts, and failures count already',
    26_000,
    buildCheckedContainer(
      { status: 'starting', failingStreak: 2, probes: [last] },
      { startedAtMs: 1_000 },
      check,
    ),
  ],
  ['no streak', null, buildCheckedContainer({ failingStreak: 0, probes: [last] }, {}, check)],
  [
    'decided already',
    null,
    buildCheckedContainer({ status: 'unhealthy', failingStreak: 3, probes: [last] }, {}, check),
  ],
  ['no probe of this run was read', null, buildCheckedContainer({ failingStreak: 2 }, {}, check)],
])('%s', (_situation, decidesAtMs, container) => {
  expect(findDecidesAt(container)).toBe(decidesAtMs);
});
