import { expect, test } from 'vitest';
import type { Cause } from '#lib/model/contract/diagnosis.ts';
import type { FindingLevel } from '#lib/model/contract/finding.ts';
import type { ReplicaStatus } from '#lib/model/contract/replica-status.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import type { Service, UpdateState } from '#lib/model/docker/service.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { findAbsence } from './absence.ts';
import { decideVerdict } from './decide-verdict.ts';
import { toUpdateOutcome } from './update-progress.ts';

const NOW_MS = 1_000_000;
const replicated = (replicas: number): Partial<Service> => ({ mode: { kind: 'replicated', replicas } });
const job = (totalCompletions: number): Partial<Service> => ({
  mode: { kind: 'replicated-job', maxConcurrent: 2, totalCompletions },
});
const update = (state: UpdateState): Partial<Service> => ({
  ...replicated(2),
  update: { state, startedAtMs: 0, completedAtMs: null, message: '' },
});
const global: Partial<Service> = { mode: { kind: 'global' } };
const fresh = { createdAtMs: NOW_MS - 1_000, updatedAtMs: NOW_MS - 1_000 };

const decideAll = (
  service: Service,
  replicas: Parameters<typeof decideVerdict>[1],
): ReturnType<typeof decideVerdict> => {
  const { isMissing, isComing } = findAbsence(service, replicas, NOW_MS);
  return decideVerdict(service, replicas, {
    findings: isMissing ? [{ level: 'problem' }] : [],
    isComing,
    outcome: service.update && toUpdateOutcome(service.update.state),
    nowMs: NOW_MS,
  });
};

const decide = (
  service: Partial<Service>,
  statuses: ReplicaStatus[],
  error: string | null = null,
  sinceMs = 0,
) =>
  decideAll(
    buildService(service),
    statuses.map((status) => ({ status, error, sinceMs, recovering: false, cause: null, findings: [] })),
  );

test.each<[situation: string, verdict: Verdict, service: Partial<Service>, statuses: ReplicaStatus[]]>([
  ['all healthy', 'healthy', replicated(2), ['healthy', 'healthy']],
  ['one stops beside two that are healthy', 'healthy', replicated(2), ['healthy', 'healthy', 'stopping']],
  ['all without a check', 'running', replicated(2), ['running', 'running']],
  ['some without a check', 'running', replicated(2), ['healthy', 'running']],
  ['none up, one failed', 'down', replicated(1), ['failed']],
  ['none up, one failed and one starting', 'down', replicated(2), ['failed', 'starting']],
  ['none up, one lost', 'down', replicated(1), ['lost']],
  ['none up, one paused', 'down', replicated(1), ['paused']],
  ['the only one unhealthy', 'down', replicated(1), ['unhealthy']],
  ['one failed, one may be up', 'degraded', replicated(2), ['failed', 'unknown']],
  ...(['failed', 'lost', 'unhealthy', 'paused'] as const).map(
    (status): [string, Verdict, Partial<Service>, ReplicaStatus[]] => [
      `one ${status}`,
      'degraded',
      replicated(2),
      ['healthy', status],
    ],
  ),
  ['one missing for long', 'degraded', replicated(3), ['healthy', 'healthy']],
  ['just scaled up', 'starting', { ...replicated(3), ...fresh }, ['healthy', 'healthy']],
  ['one pending for long', 'pending', replicated(2), ['healthy', 'pending']],
  ['all pending', 'pending', replicated(2), ['pending', 'pending']],
  ['pending and failing', 'pending', replicated(2), ['failing', 'pending']],
  ['one failing', 'failing', replicated(2), ['healthy', 'failing']],
  ['failing during an update', 'failing', update('updating'), ['healthy', 'failing']],
  ['one unknown', 'unknown', replicated(2), ['healthy', 'unknown']],
  ['all unknown', 'unknown', replicated(1), ['unknown']],
  ['updating, all healthy', 'updating', update('updating'), ['healthy', 'healthy']],
  ['updating, one prepares', 'updating', update('updating'), ['healthy', 'preparing']],
  ['updating, the only one starts', 'updating', { ...update('updating'), ...replicated(1) }, ['starting']],
  ['rolling back', 'updating', update('rollback_started'), ['healthy', 'starting']],
  ['one fails during an update', 'degraded', update('updating'), ['healthy', 'failed']],
  ['update completed', 'healthy', update('completed'), ['healthy', 'healthy']],
  ['rolled back', 'healthy', update('rollback_completed'), ['healthy', 'healthy']],
  ['one starting', 'starting', replicated(2), ['healthy', 'starting']],
  ['one preparing', 'starting', replicated(2), ['healthy', 'preparing']],
  ['no tasks yet', 'starting', { ...replicated(2), ...fresh }, []],
  ['no task was ever made', 'down', replicated(2), []],
  ['no task of a job was ever made', 'degraded', job(2), []],
  ['scaled to 0', 'idle', replicated(0), []],
  ['scaled to 0, one stopping', 'updating', replicated(0), ['stopping']],
  ['one-shot service, finished', 'idle', replicated(2), ['complete', 'complete']],
  ['global, fresh', 'starting', { ...global, ...fresh }, []],
  ['global, no node takes it', 'idle', global, []],
  ['global, one lost', 'degraded', global, ['healthy', 'lost']],
  ['job running', 'running', job(3), ['complete', 'running']],
  ['job between two tasks', 'running', { ...job(3), ...fresh }, ['complete', 'complete']],
  ['job of which no more tasks are made', 'degraded', job(3), ['complete', 'complete']],
  ['job starting', 'starting', job(3), ['preparing']],
  ['job finished', 'idle', job(2), ['complete', 'complete']],
  ['job with nothing to do', 'idle', job(0), []],
  ['job with a failing task', 'degraded', job(2), ['failed']],
  ['job pending', 'pending', job(2), ['pending']],
])('%s: %s', (_situation, verdict, service, statuses) => {
  expect(decide(service, statuses).verdict).toBe(verdict);
});

test('a task to be placed is starting for 10 s, unless the scheduler said why it cannot', () => {
  expect(decide(replicated(1), ['pending'], null, NOW_MS - 1_000)).toEqual({
    verdict: 'starting',
    recheckAtMs: NOW_MS + 9_000,
  });
  expect(decide(replicated(1), ['pending'], null, NOW_MS - 10_000)).toEqual({
    verdict: 'pending',
    recheckAtMs: null,
  });
  expect(decide(replicated(1), ['pending'], 'no suitable node', NOW_MS).verdict).toBe('pending');
});

test('a replica without a task is awaited for 10 s after a change, also when the leader clock is ahead', () => {
  const find = (updatedAtMs: number) =>
    findAbsence(buildService({ ...replicated(3), updatedAtMs }), [{ status: 'healthy' }], NOW_MS);
  expect(find(NOW_MS - 4_000)).toMatchObject({
    isMissing: false,
    isComing: true,
    recheckAtMs: NOW_MS + 6_000,
  });
  expect(find(NOW_MS + 90_000).recheckAtMs).toBe(NOW_MS + 10_000);
});

test('a problem of its own makes a service degraded, and a notice changes nothing', () => {
  const one = {
    status: 'healthy' as const,
    error: null,
    sinceMs: 0,
    recovering: false,
    cause: null,
    findings: [],
  };
  const decideWith = (level: 'problem' | 'notice', replicas: number) =>
    decideVerdict(buildService(replicated(replicas)), replicas === 0 ? [] : [one], {
      findings: [{ level }],
      isComing: false,
      outcome: null,
      nowMs: NOW_MS,
    }).verdict;
  expect([decideWith('problem', 1), decideWith('notice', 1)]).toEqual(['degraded', 'healthy']);
  expect([decideWith('problem', 0), decideWith('notice', 0)]).toEqual(['degraded', 'idle']);
});

test.each<[situation: string, verdict: Verdict, up: ReplicaStatus[]]>([
  ['a crash loop with nothing up is down, also while the next try starts', 'down', []],
  ['with others up it is degraded until it is up again', 'degraded', ['healthy']],
])('starting again after a bad end: %s', (_situation, verdict, up) => {
  const replicas = [
    { status: 'starting' as const, error: null, sinceMs: 0, recovering: true, cause: null, findings: [] },
    ...up.map((status) => ({
      status,
      error: null,
      sinceMs: 0,
      recovering: false,
      cause: null,
      findings: [],
    })),
  ];
  expect(decideAll(buildService(replicated(replicas.length)), replicas).verdict).toBe(verdict);
});

test.each<[cause: Cause, verdict: Verdict]>([
  ['starting', 'updating'],
  ['starting-slow', 'updating'],
  ['starting-overdue', 'degraded'],
  ['health-check-invalid', 'degraded'],
])('an update whose new replica is %s: %s', (cause, verdict) => {
  const one = { error: null, sinceMs: 0, recovering: false, findings: [] };
  const replicas = [
    { ...one, status: 'healthy' as const, cause: null },
    { ...one, status: 'starting' as const, cause },
  ];
  const service = buildService({ ...replicated(2), ...update('updating') });
  expect(decideAll(service, replicas).verdict).toBe(verdict);
});

const finding = (level: FindingLevel) => ({ level });
test.each<
  [situation: string, verdict: Verdict, status: ReplicaStatus, cause: Cause | null, ...FindingLevel[]]
>([
  ['its probes fail and nobody need act', 'healthy', 'failing', 'probe-failing', 'notice'],
  ['… and it is near a limit besides', 'healthy', 'failing', 'probe-failing', 'notice', 'notice'],
  ['its probes fail in a row', 'failing', 'failing', 'probe-failing', 'problem'],
  ['… while its memory is near its limit', 'failing', 'failing', 'probe-failing', 'problem', 'notice'],
  ['its probes fail, and no rule says why', 'failing', 'failing', null],
  ['it flaps, and the newest probe failed', 'failing', 'failing', 'probes-flapping', 'problem'],
  ['it flaps, and the newest probe passed', 'failing', 'healthy', 'probes-flapping', 'problem'],
  ['it is well, and near a limit', 'healthy', 'healthy', null, 'notice'],
])('one replica of three: %s', (_situation, verdict, status, cause, ...levels) => {
  const one = { error: null, sinceMs: 0, recovering: false };
  const well = { ...one, status: 'healthy' as const, cause: null, findings: [] };
  const replicas = [well, { ...one, status, cause, findings: levels.map(finding) }, well];
  expect(decideAll(buildService(replicated(3)), replicas).verdict).toBe(verdict);
});
