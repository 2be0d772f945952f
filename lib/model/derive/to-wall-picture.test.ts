import { expect, it } from 'vitest';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { isNodeReady } from '#lib/model/status/severity.ts';
import { buildLeftNode, buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { toWallPicture } from './to-wall-picture.ts';

const OUTPUT = Array.from({ length: 40 }, (_, line) => `line ${line} ${'x'.repeat(80)}`).join('\n');

/** One service with a problem and one that is well; every text in it says whether a wall draws it. */
function buildPicture(): SwarmPicture {
  const probe = {
    startedAtMs: 1,
    endedAtMs: 2,
    durationMs: 1,
    exitCode: 1,
    output: 'hidden probe output',
    truncated: false,
  };
  const health = {
    status: 'unhealthy',
    failingStreak: 3,
    retries: 3,
    lastProbe: probe,
    decidesAtMs: null,
  } as const;
  const hidden = { hint: 'hidden hint', error: 'hidden error', image: 'hidden.example/web', health };
  const finding = (level: 'problem' | 'notice') => ({
    cause: 'probe-failing' as const,
    subject: { kind: 'replica', serviceId: 'service-1', key: '1' } as const,
    level,
    sentence: level === 'problem' ? 'shown sentence of a finding' : 'hidden notice',
    evidence: { label: 'shown label', text: OUTPUT },
    hint: 'hidden hint',
    sinceMs: 0,
    because: null,
  });
  const bad = buildReplica({
    ...hidden,
    status: 'unhealthy',
    sentence: 'shown sentence',
    evidence: { label: 'shown label', text: OUTPUT },
    findings: [finding('problem'), finding('notice')],
  });
  const well = buildReplica({
    ...hidden,
    key: '2',
    evidence: { label: 'hidden', text: 'hidden evidence' },
    findings: [finding('notice')],
  });
  const check = { ...buildServicePicture().healthCheck };
  return buildSwarmPicture({
    sentence: 'hidden sentence of the swarm',
    sources: [buildSource({ endpoint: 'tcp://hidden:2375' })],
    nodes: [buildNodePicture({ address: 'hidden address', engineVersion: 'hidden version' })],
    services: [
      buildServicePicture({
        verdict: 'failing',
        sentence: 'shown sentence of the service',
        hint: 'hidden hint',
        image: 'hidden.example/web',
        healthCheck: { ...check, test: ['CMD', 'hidden command'] } as typeof check & {
          test: string[];
        } as SwarmPicture['services'][number]['healthCheck'],
        replicas: [bad, well],
      }),
    ],
  });
}

it('a wall knows what it draws, and nothing that it does not', () => {
  const text = JSON.stringify(toWallPicture(buildPicture()));
  expect(text).not.toContain('hidden');
  for (const shown of ['shown sentence', 'shown sentence of the service', 'shown label', 'line 0'])
    expect(text).toContain(shown);
  expect(text).not.toContain('line 12 ');
});

it('statuses, counts and streaks are as everywhere', () => {
  const picture = buildPicture();
  const wall = toWallPicture(picture);
  const facts = ({ services, nodes }: SwarmPicture) => [
    services.map(({ name, verdict, desired, running, replicas }) => [
      [name, verdict, desired, running],
      replicas.map(({ key, status, sinceMs, health }) => [key, status, sinceMs, health?.failingStreak]),
    ]),
    nodes.map(({ hostname, status, engine }) => [hostname, status, engine.state]),
  ];
  expect(facts(wall)).toEqual(facts(picture));
  expect(Object.keys(wall).sort()).toEqual(Object.keys(picture).sort());
});

it('a node that is drained and down, or left, is no more ready on a wall than elsewhere, and no more is said of it', () => {
  const nodes = [
    buildNodePicture({ id: 'drained', status: 'down', availability: 'drain' }),
    buildLeftNode({ id: 'left' }),
  ];
  const wall = toWallPicture(buildSwarmPicture({ nodes }));
  expect(wall.nodes.map(isNodeReady)).toEqual([false, false]);
  expect(wall.nodes.flatMap(({ findings }) => findings.map(({ level, hint }) => [level, hint]))).toEqual([
    ['notice', null],
    ['notice', null],
  ]);
});
