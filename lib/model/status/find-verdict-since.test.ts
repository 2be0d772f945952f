import { expect, test } from 'vitest';
import type { ServiceHead } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { findVerdictSince } from './find-verdict-since.ts';

const NOW_MS = 100_000;
const one = { recovering: false, cause: null, findings: [] };
const HEALTHY = [
  { ...one, status: 'healthy', sinceMs: 20_000 },
  { ...one, status: 'healthy', sinceMs: 30_000 },
] as const;

test.each<
  [
    situation: string,
    verdict: Verdict,
    previous: Pick<ServiceHead, 'verdict' | 'sinceMs'> | null,
    sinceMs: number,
  ]
>([
  ['seen for the first time: when the last replica became healthy', 'healthy', null, 30_000],
  ['the same as before: kept', 'healthy', { verdict: 'healthy', sinceMs: 10_000 }, 10_000],
  ['after it was degraded: not before that', 'healthy', { verdict: 'degraded', sinceMs: 50_000 }, 50_000],
  [
    'its engine could not be read meanwhile: as the engine reports',
    'healthy',
    { verdict: 'unknown', sinceMs: 50_000 },
    30_000,
  ],
])('%s', (_situation, verdict, previous, sinceMs) => {
  expect(findVerdictSince(buildService(), verdict, HEALTHY, previous, NOW_MS)).toBe(sinceMs);
});

test('a verdict speaks of the replicas that caused it, and never of the future', () => {
  const failing = { ...one, status: 'failing' as const, cause: 'probe-failing' as const };
  const replicas = [
    ...HEALTHY,
    { ...failing, sinceMs: 40_000, findings: [{ level: 'notice' as const, sinceMs: 40_000 }] },
    { ...failing, sinceMs: 90_000, findings: [{ level: 'problem' as const, sinceMs: 90_000 }] },
  ];
  expect(findVerdictSince(buildService(), 'failing', replicas, null, NOW_MS)).toBe(90_000);
  expect(findVerdictSince(buildService(), 'failing', replicas, null, 80_000)).toBe(80_000);
});

test('a service with all its replicas up is degraded for as long as its own problem lasts', () => {
  expect(findVerdictSince(buildService(), 'degraded', HEALTHY, null, NOW_MS, 40_000)).toBe(40_000);
});

test('a replica that is prepared for too long says since when its service is down', () => {
  const replicas = [{ ...one, status: 'preparing', sinceMs: 70_000 } as const];
  expect(findVerdictSince(buildService(), 'down', replicas, null, NOW_MS)).toBe(70_000);
});

test('one that flaps and is well at the moment says since when its service is failing', () => {
  const flapping = [{ level: 'problem' as const, sinceMs: 12_000 }];
  const replicas = [
    ...HEALTHY,
    {
      ...one,
      status: 'healthy' as const,
      sinceMs: 99_000,
      cause: 'probes-flapping' as const,
      findings: flapping,
    },
  ];
  expect(findVerdictSince(buildService(), 'failing', replicas, null, NOW_MS)).toBe(12_000);
});

test('one that is up again after bad ends says since when, not when its service was last changed', () => {
  const service = buildService({ updatedAtMs: 1_000 });
  const again = { status: 'healthy', recovering: true, cause: 'crash-loop', sinceMs: 60_000 } as const;
  const problem = { level: 'problem' as const, sinceMs: 15_000 };
  const since = (findings: (typeof problem)[]) =>
    findVerdictSince(service, 'degraded', [...HEALTHY, { ...again, findings }], null, NOW_MS);
  expect(since([problem])).toBe(15_000);
  expect(since([])).toBe(60_000);
});

test.each<Verdict>(['unknown', 'pending'])(
  '%s of the service itself is so since its own finding says',
  (verdict) => {
    const service = buildService({ updatedAtMs: 1_000 });
    expect(findVerdictSince(service, verdict, HEALTHY, null, NOW_MS, 55_000)).toBe(55_000);
  },
);
