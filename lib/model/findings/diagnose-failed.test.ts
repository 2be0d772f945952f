import { expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import {
  buildEnded,
  buildFailedProbe,
  buildFresh,
  buildRestarting,
  buildStarting,
  diagnose,
  type ReplicaCase,
} from '#lib/testing/replica-situations.ts';

test.each<ReplicaCase>([
  [
    'failed, waits for the restart delay',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: buildFresh(), earlier: [buildEnded(1)] },
  ],
  [
    'failed, no restart delay',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one.',
    { task: buildFresh(), earlier: [buildEnded(1)], service: buildRestarting({ delayMs: 0 }) },
  ],
  [
    'starting again',
    'starting-again',
    false,
    'Starting again after a failure: ended with exit 1.',
    { task: buildFresh({ state: 'preparing', desiredState: 'running' }), earlier: [buildEnded(1)] },
  ],
  [
    'its disk is full: for a minute the engine has not begun with the next task either',
    'starting-again',
    false,
    'Starting again after a failure: the disk of host-1 is full (no space, or no inodes).',
    {
      task: buildFresh({ state: 'assigned', desiredState: 'running' }),
      earlier: [
        buildEnded(1, { state: 'rejected', error: 'mkdir /var/lib/docker/x: no space left on device' }),
      ],
      nowMs: 1_090_000,
    },
  ],
  [
    '… on another node than that one was on, it is late for itself',
    'assigned-stuck',
    false,
    'Given to host-1 1 min ago, which has not begun with it: its engine is overloaded or hangs.',
    {
      task: buildFresh({ state: 'assigned', desiredState: 'running' }),
      earlier: [
        buildEnded(1, { nodeId: 'n9', state: 'rejected', error: 'mkdir /x: no space left on device' }),
      ],
      nowMs: 1_090_000,
    },
  ],
  [
    '… the disk has room again, and what takes long is the image',
    'preparing-stuck',
    false,
    'Being prepared on host-1 for 15 min: a pull, a network or a volume hangs there.',
    {
      task: buildFresh({ state: 'preparing', desiredState: 'running' }),
      earlier: [
        buildEnded(1, { state: 'rejected', error: 'mkdir /var/lib/docker/x: no space left on device' }),
      ],
      nowMs: 1_000_000 + 15 * 60_000,
    },
  ],
  [
    'starting again after a kill for health',
    'starting-again',
    false,
    'Starting again after a failure: killed for its health: its health check failed.',
    {
      ...buildStarting(),
      earlier: [buildEnded(1, { error: 'task: non-zero exit (137): dockerexec: unhealthy container' })],
    },
  ],
  [
    'crash loop',
    'crash-loop',
    false,
    'Failed 4 times in 3 min, the last time: ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: buildFresh(), earlier: [buildEnded(1), buildEnded(2), buildEnded(3), buildEnded(4)] },
  ],
  [
    'crash loop, on its way up',
    'crash-loop',
    false,
    'Starting again. Failed 3 times in 2 min, the last time: ended with exit 1.',
    {
      task: buildFresh({ state: 'preparing', desiredState: 'running' }),
      earlier: [buildEnded(1), buildEnded(2), buildEnded(3)],
    },
  ],
  [
    'failures weeks apart are no loop',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    { task: buildFresh(), earlier: [buildEnded(1), buildEnded(10_000), buildEnded(20_000)] },
  ],
  [
    'an update between failures ends the loop',
    'exit-code',
    false,
    'Ended with exit 1. Swarm starts a new one after the restart delay of 5 s.',
    {
      task: buildFresh(),
      earlier: [
        buildEnded(1),
        buildEnded(2),
        buildEnded(3, { state: 'shutdown', error: null }),
        buildEnded(4),
      ],
    },
  ],
  [
    'gave up',
    'gave-up',
    false,
    'Ended with exit 1. Swarm gave up: the 2 restarts that its restart policy allows are used up.',
    { task: buildEnded(0), service: buildRestarting({ maxAttempts: 2 }) },
  ],
  [
    'restart condition none',
    'gave-up',
    false,
    'Ended with exit 1. Swarm does not start it again: its restart condition is none.',
    { task: buildEnded(0), service: buildRestarting({ condition: 'none' }) },
  ],
  [
    'killed for health, left with exit 0, restart condition on-failure',
    'gave-up',
    false,
    'Killed for its health before it was ever healthy: 3 probes in a row failed, the last: exit 1. Swarm does not start it again: it ended with exit 0, and its restart condition is on-failure.',
    {
      task: buildEnded(0, { state: 'complete', error: null }),
      service: buildRestarting({ condition: 'on-failure' }),
      container: buildCheckedContainer(
        { status: 'unhealthy', failingStreak: 3, probes: [buildFailedProbe()] },
        { state: 'exited', exitCode: 0 },
      ),
    },
  ],
  [
    'failed just now',
    'exit-code',
    false,
    'Ended with exit 3.',
    { container: buildContainer({ state: 'exited', exitCode: 3 }) },
  ],
])('%s', (_situation, cause, expected, sentence, facts) => {
  expect(diagnose(facts)).toMatchObject({ cause, expected, sentence });
});

test('the evidence of a restart is what the dead container is remembered by', () => {
  const lastContainer = buildCheckedContainer(
    { status: 'unhealthy', failingStreak: 3, probes: [buildFailedProbe()] },
    { state: 'exited', exitCode: 0 },
  );
  const diagnosis = diagnose({
    task: buildFresh(),
    earlier: [buildEnded(1, { state: 'complete', error: null })],
    lastContainerOf: () => lastContainer,
  });
  expect(diagnosis).toMatchObject({ cause: 'killed-for-health', evidence: { text: 'HTTP 503' } });
});

test('start-first update whose new tasks fail one after the other, while the old one stays up', () => {
  const old = buildTask({ id: 'old', createdAtMs: 0 });
  const diagnosis = diagnose({
    task: buildFresh({ state: 'preparing', desiredState: 'running' }),
    earlier: [old, buildEnded(1), buildEnded(2), buildEnded(3)],
  });
  expect(diagnosis?.cause).toBe('crash-loop');
});
