import { expect, test } from 'vitest';
import { findUngivenPorts } from '#lib/model/findings/ungiven-ports.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { createUngivenPorts } from './create-ungiven-ports.ts';

const START = 10_000_000;
const ungivenPorts = [{ mode: 'ingress', published: 7777, target: 80, protocol: 'tcp' }] as const;

function setUp() {
  const ungiven = createUngivenPorts();
  return {
    ungiven,
    say(atMs: number, lacks = true) {
      const nowMs = START + atMs;
      const service = buildService({ ungivenPorts: lacks ? ungivenPorts : [], updatedAtMs: nowMs - 1_000 });
      const { found } = findUngivenPorts(service, ungiven.findSince(service, nowMs), nowMs);
      return found && [found.cause, (found.sinceMs ?? 0) - START];
    },
  };
}

test('a service that is changed every 50 s lacks its ports since that was first seen', () => {
  const { say } = setUp();
  expect([0, 50_000, 58_999, 59_000, 100_000].map((atMs) => say(atMs))).toEqual([
    null,
    null,
    null,
    ['ports-ungiven', -1_000],
    ['ports-ungiven', -1_000],
  ]);
});

test('ports that came meanwhile, or another service of the same id: it counts anew', () => {
  const { say, ungiven } = setUp();
  say(0);
  expect([say(30_000, false), say(50_000), say(70_000), say(109_000)]).toEqual([
    null,
    null,
    null,
    ['ports-ungiven', 49_000],
  ]);
  ungiven.forget(buildService().id);
  expect(say(110_000)).toBeNull();
});
