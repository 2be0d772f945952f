import { expect, test } from 'vitest';
import type { Replica } from '#lib/model/contract/picture.ts';
import type { Service, UpdateState } from '#lib/model/docker/service.ts';
import { findAbsence } from '#lib/model/status/absence.ts';
import { countReplicas } from '#lib/model/status/count-replicas.ts';
import { decideVerdict } from '#lib/model/status/decide-verdict.ts';
import { findUpdateProgress } from '#lib/model/status/update-progress.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { english, wordFindings } from '#lib/testing/word-findings.ts';
import { findOwnFindings } from './find-service-findings.ts';
import { toServiceStatement } from './service-statement.ts';
import { toUpdateStatement } from './update.ts';

const NOW_MS = 1_000_000;
const of = (replicas: number): Partial<Service> => ({ mode: { kind: 'replicated', replicas } });
const global: Partial<Service> = { mode: { kind: 'global' } };
const job: Partial<Service> = { mode: { kind: 'replicated-job', maxConcurrent: 2, totalCompletions: 3 } };
const update = (state: UpdateState, message: string): Partial<Service> => ({
  update: { state, startedAtMs: 0, completedAtMs: null, message },
});
const early = 'due to failure or early termination of task p3gy1ocmbdn2s7yf3yzgzq6v5';
const at = (slot: number, status: Replica['status'] = 'healthy', sentence: string | null = null) =>
  buildReplica({ key: String(slot), slot, hostname: `docker0${slot}`, status, sentence });
const onNode = (hostname: string, status: Replica['status'] = 'healthy', sentence: string | null = null) =>
  buildReplica({ key: hostname, slot: null, hostname, status, sentence });

const describeIt = (overrides: Partial<Service>, replicas: Replica[]) => {
  const service = buildService(overrides);
  const counts = countReplicas(service, replicas);
  const facts = { service, tasks: [], replicas: counts.desired, healthCheck: null, slowestStartMs: null };
  const progress = findUpdateProgress({ ...facts, nowMs: 1_000 });
  const update = toUpdateStatement(service.update, progress, { desired: counts.desired, nowMs: 1_000 });
  const absence = findAbsence(service, replicas, NOW_MS);
  const own = findOwnFindings(service, {
    update,
    progress,
    disagreements: [],
    remarks: [],
    unlistedSinceMs: null,
    nowMs: 0,
    completed: null,
    absence,
  });
  const findings = wordFindings('service', own);
  const { verdict } = decideVerdict(service, replicas, {
    findings,
    isComing: absence.isComing,
    outcome: progress?.outcome ?? null,
    nowMs: NOW_MS,
  });
  return english.service(toServiceStatement(service, verdict, counts, replicas, findings));
};

const endless = (slot: number) => ({
  ...at(slot, 'starting', 'Still not healthy after all the time its health check allows.'),
  cause: 'starting-overdue' as const,
});

test.each<[sentence: string, service: Partial<Service>, replicas: Replica[]]>([
  [
    'Replica 2 on docker02: still not healthy after all the time its health check allows. The update waits for it without end.',
    { ...of(2), ...update('updating', 'update in progress') },
    [at(1), endless(2)],
  ],
  ['Its replica is healthy.', of(1), [at(1)]],
  ['All 3 replicas are healthy.', of(3), [at(1), at(2), at(3)]],
  ['Its replica runs; it has no health check.', of(1), [at(1, 'running')]],
  ['All 2 replicas run; they have no health check.', of(2), [at(1, 'running'), at(2, 'running')]],
  ['2 of 3 replicas are healthy, 1 runs without a health check.', of(3), [at(1), at(2), at(3, 'running')]],
  ['1 of 2 replicas are healthy, 1 finished with exit 0.', of(2), [at(1), at(2, 'complete')]],
  [
    'Replica 5 on docker05: failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.',
    of(1),
    [at(5, 'failing', 'Failed 2 of 3 probes (exit 1); one more failure and Swarm replaces it.')],
  ],
  [
    'Replicas 1, 2 and 4: failed 1 of 3 probes.',
    of(4),
    [
      at(1, 'failing', 'Failed 1 of 3 probes.'),
      at(2, 'failing', 'Failed 1 of 3 probes.'),
      at(3),
      at(4, 'failing', 'Failed 1 of 3 probes.'),
    ],
  ],
  [
    'Replica 2 on docker02: ended with exit 1. 1 more replica needs attention.',
    of(3),
    [at(1), at(2, 'failed', 'Ended with exit 1.'), at(3, 'paused', 'Paused.')],
  ],
  ['Replica 1 on docker01: ended with exit 1.', of(1), [at(1, 'failed', 'Ended with exit 1.')]],
  [
    'Replica 1 on docker01: starting again. Failed 3 times.',
    of(1),
    [{ ...at(1, 'starting', 'Starting again. Failed 3 times.'), recovering: true }],
  ],
  [
    'Replica 2 on docker02: starting again. Failed 3 times.',
    of(2),
    [at(1), { ...at(2, 'preparing', 'Starting again. Failed 3 times.'), recovering: true }],
  ],
  [
    'None of 4 replicas is up. 4 replicas: ended with exit 1.',
    of(4),
    [1, 2, 3, 4].map((slot) => at(slot, 'failed', 'Ended with exit 1.')),
  ],
  ['Only 1 of 3 replicas are up: Swarm has not made the others.', of(3), [at(1)]],
  [
    'Replicas 1 and 2: no node can take it.',
    of(2),
    [at(1, 'pending', 'No node can take it.'), at(2, 'pending', 'No node can take it.')],
  ],
  [
    'The replica on edge-7: lost with its node: edge-7 is down.',
    global,
    [onNode('edge-6'), onNode('edge-7', 'lost', 'Lost with its node: edge-7 is down.')],
  ],
  [
    'The replicas on a and b: health not known.',
    global,
    [onNode('a', 'unknown', 'Health not known.'), onNode('b', 'unknown', 'Health not known.')],
  ],
  ['Swarm is making its replicas.', { ...of(2), updatedAtMs: NOW_MS - 30_000 }, []],
  ['Swarm has made none of its 2 replicas.', of(2), []],
  ['Swarm has not made its replica.', of(1), []],
  [
    '2 of 3 replicas are starting.',
    of(3),
    [at(1), at(2, 'starting', 'Starting: failed 1 of 3 probes.'), at(3, 'preparing', 'Being prepared.')],
  ],
  [
    'Replica 2 on docker02: starting: waiting for its first healthy probe.',
    of(2),
    [at(1), at(2, 'starting', 'Starting: waiting for its first healthy probe.')],
  ],
  [
    'An update is in progress. 1 of 2 replicas are up.',
    { ...of(2), ...update('updating', 'update in progress') },
    [at(1), at(2, 'preparing')],
  ],
  [
    'The update is being rolled back because a new task failed. 2 of 2 replicas are up.',
    { ...of(2), ...update('rollback_started', `update rolled back ${early}`) },
    [at(1), at(2)],
  ],
  [
    'The update is paused because a new task failed: Swarm changes nothing more until it is started again or rolled back. Replica 2 on docker02: ended with exit 1.',
    { ...of(2), ...update('paused', `update paused ${early}`) },
    [at(1), at(2, 'failed', 'Ended with exit 1.')],
  ],
  [
    'The rollback is paused because a new task failed: Swarm changes nothing more until the service is updated again.',
    { ...of(1), ...update('rollback_paused', `rollback paused ${early}`) },
    [at(1)],
  ],
  [
    'Its replica is healthy. Its last update was rolled back: what runs is the version before.',
    { ...of(1), ...update('rollback_completed', 'rollback completed') },
    [at(1)],
  ],
  ['Its replica is healthy.', { ...of(1), ...update('completed', 'update completed') }, [at(1)]],
  ['Scaled to 0.', of(0), []],
  ['Scaled to 0: 1 replica is stopping.', of(0), [at(1, 'stopping')]],
  ['No node takes it.', global, []],
  ['1 of 3 completed, 1 running.', job, [at(0, 'complete'), at(1, 'running')]],
  ['Finished: 3 of 3 completed.', job, [at(0, 'complete'), at(1, 'complete'), at(2, 'complete')]],
  ['All 2 replicas have finished with exit 0.', of(2), [at(1, 'complete'), at(2, 'complete')]],
])('%s', (sentence, service, replicas) => {
  expect(describeIt(service, replicas)).toBe(sentence);
});
