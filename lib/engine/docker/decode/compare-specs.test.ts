import { describe, expect, it } from 'vitest';
import { diffSpec } from '#lib/model/docker/diff-spec.ts';
import type { SpecChange } from '#lib/model/docker/spec-change.ts';
import { compareSpecs } from './compare-specs.ts';
import { createMasker } from './create-masker.ts';
import { toSpecFacts } from './to-spec-facts.ts';

const MASK = createMasker();

/** A spec like Docker's, with a secret in every place that may hold one. */
function spec(container: object = {}, template: object = {}, rest: object = {}) {
  return {
    Name: 'web',
    Labels: { 'com.docker.stack.namespace': 'shop', owner: 'planted-label' },
    TaskTemplate: {
      ContainerSpec: {
        Image: 'web:1@sha256:aa',
        Env: ['MODE=prod', 'PASSWORD=planted-env'],
        Args: ['--token', 'planted-arg'],
        Labels: { traefik: 'planted-container-label' },
        Healthcheck: { Test: ['CMD-SHELL', 'curl -u me:planted-check http://x'], Interval: 5e9, Retries: 3 },
        Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }],
        Secrets: [{ SecretName: 'tls', SecretID: 's1', File: { Name: 'tls' } }],
        ...container,
      },
      Networks: [{ Target: 'net1234567890abc' }],
      ...template,
    },
    Mode: { Replicated: { Replicas: 2 } },
    EndpointSpec: {
      Mode: 'vip',
      Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }],
    },
    ...rest,
  };
}

const value = (field: string, unit: string, before: unknown, after: unknown) => ({
  kind: 'value',
  field,
  unit,
  before,
  after,
});
const names = (field: string, change: object) => ({
  kind: 'names',
  field,
  added: [],
  removed: [],
  changed: [],
  ...change,
});
const diff = (before: unknown, after: unknown): SpecChange[] =>
  diffSpec(toSpecFacts(before, MASK), toSpecFacts(after, MASK), compareSpecs(before, after));

const CASES: [string, unknown, object[]][] = [
  ['nothing', spec(), []],
  ['the image', spec({ Image: 'web:2@sha256:bb' }), [value('image', 'text', 'web:1', 'web:2')]],
  [
    'the digest behind the same tag',
    spec({ Image: 'web:1@sha256:bb' }),
    [value('image digest', 'text', 'sha256:aa', 'sha256:bb')],
  ],
  [
    'an environment variable’s value',
    spec({ Env: ['MODE=prod', 'PASSWORD=planted-other'] }),
    [names('env', { changed: ['PASSWORD'] })],
  ],
  [
    'variables that come and go',
    spec({ Env: ['MODE=prod', 'NEW=planted-new'] }),
    [names('env', { added: ['NEW'], removed: ['PASSWORD'] })],
  ],
  [
    'values where names should be',
    spec(
      {
        Env: [
          'MODE=prod',
          'PASSWORD=planted-env',
          'planted-alone',
          'a planted = x',
          'x://me:planted-u@h?a=b',
        ],
        Mounts: [{ Type: 'bind', Source: '/x', Target: '//me:planted-m@nas/y' }],
        Secrets: [{ SecretName: 'token=planted-secret', SecretID: 's1' }],
      },
      {
        Placement: {
          Constraints: ['node.labels.token==planted-constraint'],
          Preferences: [{ Spread: { SpreadDescriptor: 'node.labels.a//me:planted-spread@b' } }],
        },
      },
    ),
    [
      names('env', { added: ['•••'] }),
      names('mounts', { added: ['//me:•••@nas/y (bind)'], removed: ['/data (volume)'] }),
      names('secrets', { added: ['token=•••'], removed: ['tls'] }),
      names('constraints', { added: ['node.labels.token==•••'] }),
      names('preferences', { added: ['spread over node.labels.a//me:•••@b'] }),
    ],
  ],
  [
    'the order of variables is nothing',
    spec({ Env: ['PASSWORD=planted-env', 'MODE=prod'] }),
    [{ kind: 'hidden', field: 'something else' }],
  ],
  ['arguments', spec({ Args: ['--token', 'planted-arg-2'] }), [{ kind: 'hidden', field: 'command' }]],
  [
    'labels',
    spec({ Labels: { traefik: 'planted-x', more: '1' } }),
    [names('containerLabels', { added: ['more'], changed: ['traefik'] })],
  ],
  [
    'labels of the service',
    spec({}, {}, { Labels: { 'com.docker.stack.namespace': 'shop' } }),
    [names('serviceLabels', { removed: ['owner'] })],
  ],
  [
    'the health check',
    spec({ Healthcheck: { Test: ['CMD', 'true'], Interval: 5e9, Retries: 5 } }),
    [
      value('health check command', 'text', 'CMD-SHELL curl -u me:••• http://x', 'CMD true'),
      value('check retries', 'count', 3, 5),
    ],
  ],
  [
    'only the secret in the check',
    spec({
      Healthcheck: { Test: ['CMD-SHELL', 'curl -u me:planted-check-2 http://x'], Interval: 5e9, Retries: 3 },
    }),
    [{ kind: 'hidden', field: 'health check command' }],
  ],
  [
    'the check switched off',
    spec({ Healthcheck: { Test: ['NONE'] } }),
    [
      value('health check', 'text', null, 'switched off'),
      value('health check command', 'text', 'CMD-SHELL curl -u me:••• http://x', null),
      value('check interval', 'ms', 5000, null),
      value('check retries', 'count', 3, null),
    ],
  ],
  [
    'resources',
    spec({}, { Resources: { Limits: { MemoryBytes: 1024, NanoCPUs: 5e8 } } }),
    [value('memory limit', 'bytes', null, 1024), value('CPU limit', 'nanoCpu', null, 5e8)],
  ],
  [
    'placement',
    spec({}, { Placement: { Constraints: ['node.role==worker'], MaxReplicas: 1 } }),
    [
      value('replicas per node, at most', 'count', null, 1),
      names('constraints', { added: ['node.role==worker'] }),
    ],
  ],
  ['replicas', spec({}, {}, { Mode: { Replicated: { Replicas: 5 } } }), [value('replicas', 'count', 2, 5)]],
  [
    'mounts',
    spec({
      Mounts: [
        { Type: 'volume', Source: 'other', Target: '/data' },
        { Type: 'bind', Source: '/x', Target: '/y' },
      ],
    }),
    [names('mounts', { added: ['/y (bind)'], changed: ['/data (volume)'] })],
  ],
  [
    'secrets and configs',
    spec({
      Secrets: [{ SecretName: 'tls', SecretID: 's2' }],
      Configs: [{ ConfigName: 'nginx', ConfigID: 'c' }],
    }),
    [names('secrets', { changed: ['tls'] }), names('configs', { added: ['nginx'] })],
  ],
  [
    'networks and ports',
    spec(
      {},
      { Networks: [] },
      { EndpointSpec: { Mode: 'dnsrr', Ports: [{ TargetPort: 80, PublishMode: 'host', Protocol: 'udp' }] } },
    ),
    [
      value('endpoint mode', 'text', 'vip', 'dnsrr'),
      names('networks', { removed: ['net123456789'] }),
      names('ports', { added: ['any→80/udp, host'], removed: ['8080→80/tcp'] }),
    ],
  ],
  [
    'how it restarts and updates',
    spec(
      {},
      { RestartPolicy: { Delay: 1e9 } },
      { UpdateConfig: { Parallelism: 2, FailureAction: 'rollback' } },
    ),
    [
      value('restart delay', 'ms', 5000, 1000),
      value('update parallelism', 'count', 1, 2),
      value('update failure action', 'text', 'pause', 'rollback'),
    ],
  ],
  ['a forced update', spec({}, { ForceUpdate: 1 }), [value('forced updates', 'count', 0, 1)]],
  ['what we do not know of', spec({ OomScoreAdj: 5 }), [{ kind: 'hidden', field: 'something else' }]],
  ['a spec that is none', null, expect.anything()],
];

describe('what changed between two specs', () => {
  it.each(CASES)('%s', (_, after, expected) => {
    const changes = diff(spec(), after);
    expect(changes).toEqual(expected);
    expect(JSON.stringify([changes, diff(after, spec())])).not.toContain('planted');
  });
});
