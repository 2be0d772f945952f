import { expect, test } from 'vitest';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { english } from '#lib/words/english.ts';
import { createRelayedLogs } from './create-relayed-logs.ts';

test('whoever leaves a download that the source never begins leaves room for the next', async () => {
  const replicas = [buildReplica({ taskId: 't1', containerId: 'c1', nodeId: 'n1', taskState: 'running' })];
  const services = [buildServicePicture({ name: 'web', replicas })];
  let asked = 0;
  const access = createRelayedLogs({
    link: {
      get: (_path, _headers, signal) =>
        new Promise((_, reject) => {
          asked += 1;
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
    },
    picture: () => buildSwarmPicture({ services }),
    readService: async () => null,
    word: english.source,
    timers: createFakeClock(),
  });
  const targets = access.targets({ name: 'web', key: null, taskId: null }) ?? [];
  const open = () => access.logs.text({ targets, nameOf: () => 'web.1', tail: null });
  const streams = [open(), open(), open()];
  expect(streams).not.toContain(null);
  expect(open(), 'three at a time').toBeNull();
  await expect.poll(() => asked).toBe(3);
  for (const stream of streams) await stream?.cancel();
  const next = open();
  expect(next).not.toBeNull();
  await next?.cancel();
  access.logs.close();
});
