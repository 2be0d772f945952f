import { describe, expect, it } from 'vitest';
import { toSpecNames } from './to-spec-names.ts';

const CANARY = 'S3cr3tV4lue';
const of = (container: object, labels?: object) =>
  toSpecNames({ Labels: labels, TaskTemplate: { ContainerSpec: container } });

describe('the names in a spec', () => {
  it('are sorted, and nothing that stands behind them is given', () => {
    const names = of(
      {
        Env: [`TOKEN=${CANARY}`, 'LOG_LEVEL=info', 'EMPTY=', 'PASSED_ON'],
        Labels: { 'app.token': CANARY },
        Secrets: [{ SecretID: 'id1', SecretName: 'shop_key', File: { Name: 'key' } }, { SecretID: 'id2' }],
        Configs: [
          { ConfigName: 'shop_app', File: { Name: '/etc/app.yaml' } },
          { ConfigName: 'creds', Runtime: {} },
        ],
        Mounts: [
          {
            Type: 'volume',
            Source: 'shop_cache',
            Target: '/var/cache',
            VolumeOptions: { Labels: { a: CANARY } },
          },
          { Type: 'bind', Source: '/srv/data', Target: '/data', ReadOnly: true },
          { Type: 'tmpfs', Target: '/run' },
          { Type: 'later', Target: '/x' },
        ],
      },
      { 'com.docker.stack.namespace': 'shop', 'vitals.check': CANARY },
    );
    expect(names).toEqual({
      env: { items: ['EMPTY', 'LOG_LEVEL', 'TOKEN', '•••'], total: 4 },
      labels: { items: ['com.docker.stack.namespace', 'vitals.check'], total: 2 },
      containerLabels: { items: ['app.token'], total: 1 },
      secrets: {
        items: [
          { name: 'id2', file: null },
          { name: 'shop_key', file: 'key' },
        ],
        total: 2,
      },
      configs: {
        items: [
          { name: 'creds', file: null },
          { name: 'shop_app', file: '/etc/app.yaml' },
        ],
        total: 2,
      },
      mounts: {
        items: [
          { kind: 'bind', source: '/srv/data', target: '/data', readOnly: true },
          { kind: 'tmpfs', source: null, target: '/run', readOnly: false },
          { kind: 'volume', source: 'shop_cache', target: '/var/cache', readOnly: false },
          { kind: 'unknown', source: null, target: '/x', readOnly: false },
        ],
        total: 4,
      },
    });
    expect(JSON.stringify(names)).not.toContain(CANARY);
  });

  it.each([
    ['a value where a name should be', [`postgres://app:${CANARY}@db/shop`]],
    ['a value with blanks before the sign', [`my ${CANARY} = x`]],
  ])('shows nothing of %s', (_, env) => {
    expect(of({ Env: env }).env).toEqual({ items: ['•••'], total: 1 });
  });

  it('keeps the first hundred, and says how many there are', () => {
    const { env } = of({ Env: Array.from({ length: 5_000 }, (_, index) => `V${index}=x`) });
    expect(env.items).toHaveLength(100);
    expect(env.total).toBe(5_000);
  });

  it.each([[null], [5], [{ Env: 'x', Labels: [], Secrets: {}, Mounts: [null, 5, {}] }]])(
    '%j has none',
    (raw) => {
      const { env, secrets, mounts } = of(raw as object);
      expect([env, secrets, mounts].map(({ items }) => items)).toEqual([[], [], []]);
    },
  );
});
