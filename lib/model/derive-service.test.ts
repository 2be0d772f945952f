import { expect, test } from 'vitest';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { deriveService } from './derive-service.ts';

test('a healthy service of one replica', () => {
  const { picture, recheckAtMs } = deriveService({
    service: buildService(),
    tasks: [buildTask()],
    nodeOf: () => buildNode(),
    containerOf: () => buildCheckedContainer(),
    engineOf: () => buildSource(),
    lastWordsOf: () => null,
    previous: null,
    nowMs: 20_000,
  });
  expect(picture).toMatchObject({ verdict: 'healthy', desired: 1, running: 1, healthy: 1 });
  expect(picture.replicas[0]).toMatchObject({
    key: '1',
    status: 'healthy',
    hostname: 'host-1',
    sinceMs: 10_000,
  });
  expect(recheckAtMs).toBeNull();
});
