import { expect, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { findRuntimeHang } from './runtime-hang.ts';

const SECOND_MS = 1_000;
const STUCK = 'timed out starting health check for container abc';

/** Probed every 2 s with a timeout of 8 s; its last probe began at 100 s, and it was asked at 120 s. */
function build(last: Parameters<typeof buildProbe>[0], more: Partial<Container> = {}): Container {
  const probe = buildProbe({
    startedAtMs: 100 * SECOND_MS,
    endedAtMs: 100 * SECOND_MS + 50,
    durationMs: 50,
    ...last,
  });
  return buildCheckedContainer(
    { probes: [probe] },
    { startedAtMs: 0, inspectedAtMs: 120 * SECOND_MS, ...more },
    { intervalMs: 2 * SECOND_MS, timeoutMs: 8 * SECOND_MS },
  );
}

const startTimeout = {
  exitCode: -1,
  output: STUCK,
  durationMs: 30 * SECOND_MS,
  endedAtMs: 130 * SECOND_MS,
} as const;
const later = { inspectedAtMs: 131 * SECOND_MS };

test.each<[string, Container, number | null, number | null]>([
  // What it is, the container, when another probe on its node ended last, since when its runtime hangs.
  ['a probe is not over long after its time, others are', build({}), 116 * SECOND_MS, 100_050],
  ['… and no other is either: the host may be too busy', build({}), 114 * SECOND_MS, null],
  ['… and nothing else is probed there', build({}), null, null],
  ['a probe that is only a little late', build({}, { inspectedAtMs: 114 * SECOND_MS }), 119_000, null],
  ['a probe that could not be started, while others were', build(startTimeout, later), 109_000, 100_000],
  ['… and no other was', build(startTimeout, later), 107_000, null],
  [
    'a probe that ran, and timed out',
    build({ ...startTimeout, output: 'Health check exceeded timeout (8s)' }, later),
    130_000,
    null,
  ],
  ['one that is paused', build({}, { state: 'paused' }), 116_000, null],
])('%s', (_what, container, otherMs, sinceMs) => {
  const found = findRuntimeHang(container, {
    engineOf: () => buildSource({ state: 'live' }),
    hasProbedSince: (_nodeId, fromMs) => otherMs !== null && otherMs > fromMs,
    silentSince: () => null,
  });
  expect(found).toEqual(sinceMs === null ? null : { sinceMs, shownBy: 'probes' });
});

test('an engine that is not read says nothing', () => {
  const facts = {
    engineOf: () => buildSource({ state: 'unreachable' }),
    hasProbedSince: () => true,
    silentSince: () => 1,
  };
  expect(findRuntimeHang(build({}), facts)).toBeNull();
});

test.each<[string, Container, number | null, number | null]>([
  ['a probe is not over long after its time', build({}), 118_000, 100_050],
  ['a probe that could not be started', build(startTimeout, later), 118_000, 100_000],
  // Engines before 24 call it so.
  [
    'a probe that timed out',
    build({ ...startTimeout, output: 'Health check exceeded timeout (8s)' }, later),
    118_000,
    100_000,
  ],
  [
    '… and its engine says what it uses: its program is slow',
    build({ ...startTimeout, output: 'Health check exceeded timeout (8s)' }, later),
    null,
    null,
  ],
  [
    'a probe that says no: its runtime does its work',
    build({ exitCode: 1 }, { inspectedAtMs: 104_000 }),
    118_000,
    null,
  ],
  ['a probe that passes', build({}, { inspectedAtMs: 104_000 }), 118_000, null],
])(
  'alone on its node, where its engine does not say what it uses: %s',
  (_what, container, silentMs, sinceMs) => {
    const found = findRuntimeHang(container, {
      engineOf: () => buildSource({ state: 'live' }),
      hasProbedSince: () => false,
      silentSince: () => silentMs,
    });
    expect(found).toEqual(sinceMs === null ? null : { sinceMs, shownBy: 'usage' });
  },
);
