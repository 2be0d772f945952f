import { describe, expect, it, test } from 'vitest';
import type { Finding, FindingCause, FindingRef } from '#lib/model/contract/finding.ts';
import type { ServicePicture, SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Silence } from '#lib/model/contract/silence.ts';
import { toSilenceState } from '#lib/model/contract/silence.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildReplica } from '#lib/testing/build-replica.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSilence } from '#lib/testing/build-silence.ts';
import { buildSwarmPicture } from '#lib/testing/build-swarm-picture.ts';
import { silencePicture, withoutSilenced } from './silence-picture.ts';

const NODE: FindingRef = { cause: 'node-disk', subject: { kind: 'node', nodeId: 'node-1' } };

function find(cause: FindingCause, more: Partial<Finding> = {}): Finding {
  return {
    cause,
    level: 'problem',
    subject: { kind: 'service', serviceId: 'service-1' },
    sentence: 'It is so.',
    evidence: null,
    hint: null,
    sinceMs: 0,
    because: null,
    ...more,
  };
}

/** A service of the stack shop, which is degraded since its probes fail. */
const failing = (more: Partial<ServicePicture> = {}) =>
  buildServicePicture({
    name: 'web',
    stack: 'shop',
    verdict: 'degraded',
    replicas: [buildReplica({ status: 'unhealthy', cause: 'unhealthy', findings: [find('unhealthy')] })],
    ...more,
  });

describe('a service with a problem', () => {
  it.each<[string, Partial<ServicePicture>, Partial<Silence>[], number | null]>([
    ['nobody silenced', {}, [], null],
    ['of this name', {}, [{}], 3_600_000],
    ['of another name', {}, [{ target: { kind: 'service', name: 'web2' } }], null],
    ['of this name, in another stack than it was', { stack: 'bank' }, [{}], null],
    ['of this name, in no stack, where it was in one', { stack: null }, [{}], null],
    ['of this name, in a stack, where it was in none', {}, [{ stack: null }], null],
    ['deployed anew in its stack', { id: 'service-2' }, [{}], 3_600_000],
    ['of this stack', {}, [{ target: { kind: 'stack', name: 'shop' } }], 3_600_000],
    ['of another stack', {}, [{ target: { kind: 'stack', name: 'sho' } }], null],
    [
      'of no stack, and one of a stack is silenced',
      { stack: null },
      [{ target: { kind: 'stack', name: 'shop' } }],
      null,
    ],
    ['a node is silenced', {}, [{ target: { kind: 'node', nodeId: 'node-1', hostname: 'a' } }], null],
    ['well again', { verdict: 'healthy', replicas: [buildReplica()] }, [{}], null],
    ['of which nothing is known', { verdict: 'unknown' }, [{}], 3_600_000],
    ['of this cause', {}, [{ cause: 'unhealthy' }], 3_600_000],
    ['of another cause', {}, [{ cause: 'out-of-memory' }], null],
    ['of this cause and one more', { findings: [find('update-paused')] }, [{ cause: 'unhealthy' }], null],
    [
      'of two causes, each silenced: until the first ends',
      { findings: [find('update-paused')] },
      [{ cause: 'unhealthy' }, { cause: 'update-paused', untilMs: 60_000 }],
      60_000,
    ],
    [
      'of which one is worth knowing alone',
      { findings: [find('check-missing', { level: 'notice' })] },
      [{ cause: 'unhealthy' }],
      3_600_000,
    ],
    [
      'of this cause, which no finding names as a problem',
      { replicas: [buildReplica({ status: 'failed', cause: 'out-of-memory' })] },
      [{ cause: 'out-of-memory' }],
      3_600_000,
    ],
    ['as bad as it was', {}, [{ worst: 'degraded' }], 3_600_000],
    ['less bad than it was', { verdict: 'failing' }, [{ worst: 'degraded' }], 3_600_000],
    ['worse than it was', { verdict: 'down' }, [{ worst: 'degraded' }], null],
    [
      'worse than it was, and its stack is silenced too',
      { verdict: 'down' },
      [{ worst: 'degraded' }, { target: { kind: 'stack', name: 'shop' } }],
      3_600_000,
    ],
    ['twice: until the last ends', {}, [{}, { untilMs: 7_200_000 }], 7_200_000],
  ])('%s', (_, service, silences, untilMs) => {
    const picture = buildSwarmPicture({ services: [failing(service)] });
    const ofShop = silences.map((one) => buildSilence({ stack: 'shop', ...one }));
    const shown = silencePicture(picture, ofShop);
    expect(shown.services[0]?.silenced?.untilMs ?? null).toBe(untilMs);
  });
});

function toNode(findings: Finding[]) {
  return { ...buildNodePicture({ id: 'node-1' }), findings };
}

const onNode: Partial<Silence> = { target: { kind: 'node', nodeId: 'node-1', hostname: 'a' } };

describe('a node with a problem', () => {
  const full = toNode([find('node-disk', { subject: { kind: 'node', nodeId: 'node-1' } })]);
  const explained = failing({
    replicas: [buildReplica({ status: 'unhealthy', findings: [find('unhealthy', { because: NODE })] })],
  });

  it.each<[string, Partial<Silence>, boolean]>([
    ['of this id', onNode, true],
    ['of another id', { target: { kind: 'node', nodeId: 'node-2', hostname: 'a' } }, false],
    ['of this cause', { ...onNode, cause: 'node-disk' }, true],
    ['of another cause', { ...onNode, cause: 'node-down' }, false],
  ])('%s', (_, silence, isSilenced) => {
    const shown = silencePicture(buildSwarmPicture({ nodes: [full], services: [explained] }), [
      buildSilence(silence),
    ]);
    expect(shown.nodes[0]?.silenced != null).toBe(isSilenced);
    expect(shown.services[0]?.silenced?.of ?? null, 'with what it explains').toBe(isSilenced ? 'node' : null);
  });

  it('does not silence what a service has besides', () => {
    const both = failing({
      replicas: [
        buildReplica({ status: 'unhealthy', findings: [find('unhealthy', { because: NODE })] }),
        buildReplica({ key: '2', nodeId: 'node-2', status: 'failed', findings: [find('out-of-memory')] }),
      ],
    });
    const shown = silencePicture(buildSwarmPicture({ nodes: [full], services: [both] }), [
      buildSilence(onNode),
    ]);
    expect(shown.services[0]?.silenced).toBeUndefined();
  });
});

test('of the swarm’s own findings those of the cause are silenced, each by itself', () => {
  const findings = [
    find('quorum-edge', { subject: { kind: 'swarm' } }),
    find('addresses-few', { subject: { kind: 'swarm' } }),
  ];
  const shown = silencePicture(buildSwarmPicture({ findings }), [
    buildSilence({ target: { kind: 'swarm' }, cause: 'quorum-edge' }),
  ]);
  expect(shown.findings.map(({ silenced }) => silenced?.untilMs ?? null)).toEqual([3_600_000, null]);
});

test('that nobody manages the swarm is silenced by any name that it has meanwhile; one manager more that is lost is not', () => {
  const names = ['no-quorum', 'quorum-edge', 'swarm-error'] as const;
  const findings = names.map((cause) => find(cause, { subject: { kind: 'swarm' } }));
  const shown = silencePicture(buildSwarmPicture({ findings }), [
    buildSilence({ target: { kind: 'swarm' }, cause: 'swarm-error' }),
  ]);
  expect(shown.findings.map(({ silenced }) => silenced?.untilMs ?? null)).toEqual([
    3_600_000,
    null,
    3_600_000,
  ]);
});

const OF_SHOP = buildSilence({ stack: 'shop' });

test('nothing else is said than before: status, verdict, counts and findings are the same', () => {
  const picture = buildSwarmPicture({ services: [failing()], verdict: 'degraded', problems: 1 });
  const shown = silencePicture(picture, [OF_SHOP]);
  const { silenced, ...rest } = shown.services[0] as ServicePicture;
  expect(silenced).toEqual({
    id: 'silence-1',
    of: 'service',
    untilMs: 3_600_000,
    by: 'ada',
    comment: 'Known.',
  });
  expect({ ...shown, services: [rest] }).toEqual(picture);
  expect(silencePicture(shown, [OF_SHOP]), 'again').toBe(shown);
  expect(silencePicture(shown, []), 'when it is over').toEqual(picture);
});

test('what is left to be told of is what is not silenced', () => {
  const picture: SwarmPicture = buildSwarmPicture({
    services: [failing(), failing({ id: 'service-2', name: 'api' })],
  });
  expect(withoutSilenced(picture)).toBe(picture);
  const shown = silencePicture(picture, [OF_SHOP]);
  expect(withoutSilenced(shown).services.map(({ name }) => name)).toEqual(['api']);
});

test.each<[string, Partial<Silence>, number, string]>([
  ['before it begins', { fromMs: 1_000 }, 999, 'waiting'],
  ['when it begins', { fromMs: 1_000 }, 1_000, 'active'],
  ['a moment before its end', {}, 3_599_999, 'active'],
  ['at its end', {}, 3_600_000, 'over'],
  ['ended by hand', { ended: { atMs: 500, by: null } }, 1_000, 'over'],
])('%s', (_, silence, nowMs, state) => {
  expect(toSilenceState(buildSilence(silence), nowMs)).toBe(state);
});
