import { describe, expect, it, test } from 'vitest';
import type { Container } from '#lib/model/docker/container.ts';
import type { HealthCheck } from '#lib/model/docker/health-check.ts';
import type { SwarmNode } from '#lib/model/docker/node.ts';
import type { Service, ServiceUpdate } from '#lib/model/docker/service.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildProbe } from '#lib/testing/build-probe.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { wordFindings } from '#lib/testing/word-findings.ts';
import { findKillRecheck, findRemarks } from './remarks.ts';

const NOW_MS = 1_000_000;
const build = (id: string, of: 'config' | 'manifest' = 'config') => ({ id: id.repeat(12), of });

/** What is said of a service whose replicas 1, 2, … have these containers, on nodes of the same numbers. */
function remark(
  containers: readonly Partial<Container>[],
  nodes: readonly Partial<SwarmNode>[] = [],
  update: ServiceUpdate | null = null,
  nowMs = NOW_MS,
) {
  const present = containers.map((container, i) => ({
    task: buildTask({ id: `task-${i + 1}`, slot: i + 1, nodeId: `node-${i + 1}` }),
    container: buildContainer({ id: `container-${i + 1}`, nodeId: `node-${i + 1}`, ...container }),
  }));
  const nodeOf = (id: string) =>
    buildNode({ id, hostname: id.replace('node', 'host'), ...nodes[Number(id.slice(5)) - 1] });
  return wordFindings('service', findRemarks(buildService({ name: 'web', update }), present, nodeOf, nowMs));
}

test.each<[string, Service['slo'], number]>([
  ['no label', null, 0],
  ['a target', { kind: 'target', percent: 99.9 }, 0],
  ['one that nobody can read', { kind: 'unreadable' }, 1],
])('a label vitals.slo is remarked on where it is no target: %s', (_, slo, count) => {
  const found = findRemarks(buildService({ slo }), [], () => null, 0);
  expect(found.map(({ cause, level }) => `${cause} ${level}`)).toEqual(
    Array.from({ length: count }, () => 'slo-unreadable notice'),
  );
});

describe('replicas that run different builds under one name', () => {
  it('are named once, as a notice, with who runs which', () => {
    const [found, ...others] = remark([{ build: build('a') }, { build: build('b') }, { build: build('a') }]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ cause: 'builds-differ', level: 'notice' });
    expect(found?.sentence).toBe(
      'Its replicas run 2 different builds under the name web:1: aaaaaaaaaaaa in 2 replicas and bbbbbbbbbbbb in replica 2 on host-2.',
    );
  });

  test.each<[string, Partial<Container>[], Partial<SwarmNode>[], ServiceUpdate['state'] | null]>([
    ['one build', [{ build: build('a') }, { build: build('a') }], [], null],
    ['an agent that does not say', [{ build: build('a') }, { build: null }], [], null],
    ['another name', [{ build: build('a') }, { build: build('b'), image: 'web:2' }], [], null],
    [
      'another processor',
      [{ build: build('a') }, { build: build('b') }],
      [{}, { architecture: 'aarch64' }],
      null,
    ],
    ['another system', [{ build: build('a') }, { build: build('b') }], [{}, { os: 'windows' }], null],
    [
      'an engine that keeps images otherwise',
      [{ build: build('a') }, { build: build('b', 'manifest') }],
      [],
      null,
    ],
    ['one that has ended', [{ build: build('a') }, { build: build('b'), state: 'exited' }], [], null],
    ['an update under way', [{ build: build('a') }, { build: build('b') }], [], 'updating'],
    ['a rollback under way', [{ build: build('a') }, { build: build('b') }], [], 'rollback_started'],
  ])('%s is no difference', (_, containers, nodes, state) => {
    const update = state && { state, startedAtMs: 0, completedAtMs: null, message: '' };
    expect(remark(containers, nodes, update)).toEqual([]);
  });

  it('names three of many', () => {
    const [found] = remark([...'abcde'].map((id) => ({ build: build(id) })));
    expect(found?.sentence).toMatch(/^Its replicas run 5 different builds/);
    expect(found?.sentence.match(/replica \d/g)).toHaveLength(3);
  });
});

const passing = (test: string[], output = '') =>
  buildCheckedContainer({ probes: [buildProbe({ output })] }, {}, { test });

describe('a check that passes', () => {
  test.each<[string[], string | null]>([
    [['CMD-SHELL', 'curl http://localhost/ || true'], 'Its health check cannot fail: it ends in “|| true”.'],
    [
      ['CMD-SHELL', 'wget -q http://localhost/; exit 0'],
      'Its health check cannot fail: it ends in “; exit 0”.',
    ],
    [
      ['CMD', 'sh', '-c', 'nc -z localhost 80 || echo down'],
      'Its health check cannot fail: it ends in “|| echo down”.',
    ],
    [
      ['CMD', 'curl', 'http://localhost/'],
      'Its health check passes for an answer of 500, too: curl is asked without -f.',
    ],
    [
      ['CMD-SHELL', 'curl -s http://localhost/ || exit 1'],
      'Its health check passes for an answer of 500, too: curl is asked without -f.',
    ],
    [['CMD-SHELL', 'wget', '-q', 'http://localhost/'], 'Its health check passes, but is written wrongly.'],
    [['CMD-SHELL', 'curl -f http://localhost/ || exit 1'], null],
    [['CMD-SHELL', 'curl -f http://localhost/ || exit 1; exit 0'], null],
    [['CMD-SHELL', 'if ! nc -z db 5432; then exit 2; fi\nexit 0'], null],
    [['CMD-SHELL', 'set -e\nnc -z db 5432\ntrue'], null],
    [['CMD-SHELL', 'nc -z db 5432\ntrue\n'], 'Its health check cannot fail: it ends in “; true”.'],
    [['CMD-SHELL', `test -e ${'/tmp/x'.repeat(500)} || exit 1 || true`], null],
    [['CMD-SHELL', 'curl -sSf http://localhost/'], null],
    [['CMD', 'curl', '--fail-with-body', 'http://localhost/'], null],
    [['CMD-SHELL', 'curl -s http://localhost/ | grep -q ok'], null],
    [['CMD-SHELL', 'test "$(curl -s http://localhost/)" = ok'], null],
    [['CMD-SHELL', 'curl -s -o /dev/null -w "%{http_code}" http://localhost/ | grep 200'], null],
    [['CMD-SHELL', 'exit 0'], 'Its health check proves nothing: it is “exit 0”, which always passes.'],
    [['CMD', '/bin/true'], 'Its health check proves nothing: it is “/bin/true”, which always passes.'],
    [['CMD', 'sh', '-c', ' : ;'], 'Its health check proves nothing: it is “:”, which always passes.'],
    [
      ['CMD-SHELL', 'echo all is well'],
      'Its health check proves nothing: it is “echo all is well”, which always passes.',
    ],
    [['CMD-SHELL', 'echo ok > /tmp/ok'], null],
    [['CMD-SHELL', 'true && test -e /tmp/ready'], null],
    [['CMD', '/check/true'], null],
    [['CMD-SHELL', 'pg_isready || exit 1'], null],
    [['CMD-SHELL', 'test -e /tmp/true'], null],
  ])('%j: %s', (test, sentence) => {
    expect(remark([passing(test)])[0]?.sentence ?? null).toBe(sentence);
  });

  it('is not spoken of while it fails: its failing is', () => {
    const failing = buildCheckedContainer(
      { failingStreak: 1, probes: [buildProbe({ exitCode: 1 })] },
      {},
      { test: ['CMD-SHELL', 'x || true'] },
    );
    expect(remark([failing])).toEqual([]);
  });
});

const MINUTE_MS = 60_000;

test.each<[string, Partial<HealthCheck>, string | null]>([
  [
    'asks every 20 minutes',
    { intervalMs: 20 * MINUTE_MS, timeoutMs: 30_000, retries: 3 },
    'If it hangs, Docker may notice only after 1 h 1 min: its health check waits for 3 failed probes in a row, and 20 min before each.',
  ],
  [
    'waits an hour for one probe',
    { intervalMs: 30_000, timeoutMs: 60 * MINUTE_MS, retries: 1 },
    'If it hangs, Docker may notice only after 1 h: its health check waits for one failed probe, and 30 s before each.',
  ],
  [
    'counts nothing for two hours',
    { startPeriodMs: 120 * MINUTE_MS },
    'A start that hangs is not noticed for 2 h: so long is the start period of its health check.',
  ],
  ['takes half an hour at most', { intervalMs: 9 * MINUTE_MS, timeoutMs: MINUTE_MS, retries: 3 }, null],
  ['lets it start for an hour', { startPeriodMs: 60 * MINUTE_MS }, null],
  ['is as Docker has it by itself', { intervalMs: 30_000, timeoutMs: 30_000, retries: 3 }, null],
])('a health check that shows a failure late is remarked on: it %s', (_, check, sentence) => {
  const found = remark([buildCheckedContainer({}, {}, check)]);
  expect(found.map(({ cause, level }) => `${cause} ${level}`)).toEqual(sentence ? ['check-slow notice'] : []);
  expect(found[0]?.sentence ?? null).toBe(sentence);
});

describe('a probe that passes and prints an error', () => {
  const fine = ['CMD', '/check'];
  test.each([
    ['curl: (7) Failed to connect to db port 5432: Connection refused', true],
    ['/check: line 3: jq: not found', true],
    ['wget: server returned error: 404 Not Found', true],
    ['HTTP/1.1 503 Service Unavailable', true],
    ['', false],
    ['ok', false],
    ['HTTP/1.1 200 OK', false],
    ['0 errors', false],
    ['last error: none', false],
  ])('%s: %s', (output, complains) => {
    const [found] = remark([passing(fine, output)]);
    expect(found?.cause ?? null).toBe(complains ? 'probe-complains' : null);
    if (complains) expect(found?.evidence?.text).toContain(output);
  });

  it('is said once of all replicas', () => {
    const found = remark([1, 2, 3].map(() => passing(fine, 'connection refused')));
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'The last probes of 3 replicas passed and printed an error.',
    ]);
  });
});

describe('a process that was killed for memory', () => {
  it('in a container that runs on is a notice', () => {
    expect(remark([{}, { oomKilled: true }])).toMatchObject([
      {
        cause: 'process-out-of-memory',
        level: 'notice',
        sentence: 'A process of replica 2 on host-2 was killed for memory, and the container runs on.',
      },
    ]);
  });

  it('in one that ended is its end’s', () => {
    expect(remark([{ state: 'exited', oomKilled: true }])).toEqual([]);
  });

  it('is said once the container has survived it: where its own process was killed it ends a second later', () => {
    const killed = { oomKilled: true, oomAtMs: NOW_MS };
    expect(remark([killed], [], null, NOW_MS + 1_500)).toEqual([]);
    const present = [{ task: buildTask(), container: buildContainer({ state: 'running', ...killed }) }];
    const againMs = findKillRecheck(present, NOW_MS + 1_500);
    expect(againMs).toBeGreaterThan(NOW_MS + 1_500);
    expect(remark([killed], [], null, againMs ?? 0)).toMatchObject([{ cause: 'process-out-of-memory' }]);
    expect(findKillRecheck(present, againMs ?? 0)).toBeNull();
  });
});
