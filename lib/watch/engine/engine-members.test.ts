import { expect, test } from 'vitest';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import type { EngineWatch } from './create-engine-watch.ts';
import { createEngineMembers } from './engine-members.ts';

const watchOf = (endpoint: string, closed: string[]): EngineWatch => ({
  endpoint: endpoint.replace(/\/\/.*@/, '//'),
  nodeId: () => 'node-1',
  containerIds: () => [],
  count: () => 3,
  expect: () => {},
  refresh: async () => {},
  recheck: () => {},
  verify: () => {},
  close: () => closed.push(`watch ${endpoint}`),
});

function setUp() {
  const clock = createFakeClock();
  const closed: string[] = [];
  const failed: string[] = [];
  const makeClient = (endpoint: string) => {
    if (endpoint === 'nonsense') throw new Error('nonsense is no endpoint.');
    const { client } = createFakeEngine(clock, { endpoint, nodeId: 'node-1' });
    return { ...client, close: () => closed.push(`client ${endpoint}`) };
  };
  const members = createEngineMembers({
    makeClient,
    startWatch: (endpoint) => watchOf(endpoint, closed),
    onNoClient: (endpoint, error) => failed.push(`${endpoint}: ${(error as Error).message}`),
  });
  return { members, closed, failed, makeClient };
}

test('the client that was made for a node is closed with it, one that is somebody else’s is not', () => {
  const { members, closed, makeClient } = setUp();
  members.add('tcp://user:word@a', null, null);
  members.add('tcp://b', makeClient('tcp://b'), null);
  const member = members.all.get('tcp://user:word@a') ?? expect.unreachable();
  expect(members.countContainers()).toBe(6);
  expect(members.remove('tcp://user:word@a', member)).toEqual({ shown: 'tcp://a', nodeId: 'node-1' });
  expect(closed).toEqual(['watch tcp://user:word@a', 'client tcp://user:word@a']);
  members.close();
  expect([closed.at(-1), closed.length, members.all.size]).toEqual(['watch tcp://b', 3, 0]);
});

test('an endpoint that no client can be made for stands among them, unread, and is reported', () => {
  const { members, failed } = setUp();
  members.add('nonsense', null, null);
  expect(failed).toEqual(['nonsense: nonsense is no endpoint.']);
  const member = members.all.get('nonsense') ?? expect.unreachable();
  expect(members.remove('nonsense', member)).toEqual({ shown: 'nonsense', nodeId: null });
});
