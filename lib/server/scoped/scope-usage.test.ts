import { expect, test } from 'vitest';
import type { Scope } from '#lib/model/contract/scope.ts';
import type { UsageAnswers } from '#lib/server/answers/create-usage-answers.ts';
import { scopeUsage } from './scope-usage.ts';

const error = 'Cannot reach Docker at tcp://10.0.0.7:2375: nothing listens there.';
const replicaOf = (serviceName: string) => {
  return { serviceName, key: '1', hostname: 'docker07', usage: null, error };
};
const head = { atMs: 1_000, enabled: true };
const usage: UsageAnswers = {
  isOn: true,
  service: async (name) => ({ ...head, replicas: [replicaOf(name)] }),
  node: async () => ({
    ...head,
    ...{ memoryBytes: 9, memoryMaxBytes: 99, cpuCores: 1, cpuMaxCores: 4, running: 2, read: 2 },
    replicas: [replicaOf('shop_web'), replicaOf('data_db')],
  }),
  replica: async () => ({ ...head, usage: null, error, series: null }),
};

async function readAll(stacks: readonly string[] | null): Promise<string> {
  const scope: Scope = { isWall: false, rights: [{ role: 'operator', stacks }] };
  const roleOf = (name: string) => (stacks === null || name === 'shop_web' ? 'operator' : null);
  const own = scopeUsage(usage, { scope, roleOf, stackOf: () => undefined });
  const answers = [
    await own.service('shop_web'),
    await own.node('docker07'),
    await own.replica('shop_web', '1', null),
  ];
  return JSON.stringify(answers);
}

test('to whom stacks limit, why containers are not read is said, and not where the engine is', async () => {
  expect(await readAll(null)).toContain('tcp://10.0.0.7:2375');
  const own = await readAll(['shop']);
  expect(own).not.toContain('10.0.0.7');
  expect(own.match(/Cannot reach Docker at …: nothing listens there\./g)).toHaveLength(3);
  expect(own).not.toContain('data_db');
});
