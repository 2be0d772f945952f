import { expect, test } from 'vitest';
import type { NodePicture, SwarmHead } from '#lib/model/contract/picture.ts';
import { findLeaderlessDueMs } from '#lib/model/findings/find-swarm-findings.ts';
import { buildNode } from '#lib/testing/build-node.ts';
import { buildNodePicture } from '#lib/testing/build-node-picture.ts';
import { buildServicePicture } from '#lib/testing/build-service-picture.ts';
import { buildSource } from '#lib/testing/build-source.ts';
import { toListedNode } from '#lib/testing/to-listed-node.ts';
import { english } from '#lib/testing/word-findings.ts';
import { deriveSources, deriveSwarmHead, type SwarmHeadFacts } from './derive-swarm-head.ts';

const manager = buildSource({ kind: 'manager', endpoint: 'unix:///var/run/docker.sock' });

const facts = (overrides: Partial<SwarmHeadFacts> = {}): SwarmHeadFacts => ({
  swarm: { id: 'swarm-id', name: 'prod-eu', error: null, rotation: null },
  managers: [manager],
  sources: deriveSources([manager], [buildSource()], null),
  nodes: [],
  listed: (overrides.nodes ?? []).map(toListedNode),
  services: [buildServicePicture()],
  roots: [],
  ready: true,
  demo: false,
  name: null,
  previous: null,
  nowMs: 1_000,
  wording: english,
  ...overrides,
});

test('managers first, without the volatile time of their last answer', () => {
  const { sources, ...head } = deriveSwarmHead(facts());
  expect(head).toEqual({
    version: 1,
    demo: false,
    name: 'prod-eu',
    verdict: 'healthy',
    sentence: 'The one service is healthy',
    quorum: { state: 'unknown', managers: 0, reachable: 0, needed: 1, sentence: 'No manager is known.' },
    problems: 0,
    ready: true,
    findings: [],
  });
  expect(sources.map(({ kind }) => kind)).toEqual(['manager', 'engine']);
  expect(sources[0]).not.toHaveProperty('lastReadMs');
});

test('an engine that answered once more changes nothing', () => {
  const first = deriveSwarmHead(facts());
  const sources = deriveSources([manager], [buildSource({ lastReadMs: 99_000 })], first.sources);
  expect(sources).toBe(first.sources);
  expect(deriveSwarmHead(facts({ sources, previous: first }))).toBe(first);
});

test('a picture of another revision may be the previous one', () => {
  const first = deriveSwarmHead(facts());
  const asPicture = { ...first, revision: 7, atMs: 1, nodes: [], services: [] };
  expect(deriveSwarmHead(facts({ previous: asPicture }))).toEqual(first);
});

test.each([
  [null, 'default', 'default'],
  ['production', 'default', 'production'],
  ['production', null, 'production'],
  [null, null, 'swarm'],
])('called %s here and %s by Docker it is %s', (name, own, shown) => {
  const swarm = own === null ? null : { id: 'swarm-id', name: own, error: null, rotation: null };
  expect(deriveSwarmHead(facts({ swarm, name })).name).toBe(shown);
});

test('a swarm without a leader has lost its quorum once no election takes so long, since it was first said', () => {
  const without = 'rpc error: code = Unknown desc = The swarm does not have a leader.';
  const late = 'rpc error: code = DeadlineExceeded desc = context deadline exceeded';
  let previous: SwarmHead | null = null;
  const steps = [
    [1_000, late],
    [11_000, without],
    [20_999, without],
    [21_000, without],
    [25_000, late],
    [26_000, null],
    [40_000, without],
  ] as const;
  const said = steps.map(([nowMs, error]) => {
    const swarm = { id: 'swarm-id', name: 'prod-eu', error, rotation: null };
    previous = deriveSwarmHead(facts({ swarm, previous, nowMs }));
    return previous.findings.map(({ cause, sinceMs }) => `${cause} ${sinceMs}`);
  });
  const [error, lost] = [['swarm-error 1000'], ['no-quorum 1000']];
  expect(said).toEqual([error, error, error, lost, lost, [], ['swarm-error 40000']]);
});

const one = (change: Partial<NodePicture> = {}) =>
  buildNodePicture({ role: 'manager', reachability: 'reachable', leader: false, ...change });
const gone = { status: 'down', reachability: 'unreachable' } as const;

/** What is said of these managers, of whom one leads at last. */
function sayLeaderless(managers: readonly NodePicture[], before: SwarmHead | null = null) {
  let previous = before;
  return [1_000, 20_999, 21_000, 22_000].map((nowMs) => {
    const [first, ...rest] = managers;
    const led = nowMs < 22_000 ? managers : [{ ...(first ?? one()), leader: true }, ...rest];
    const nodes = led.map((node, index) => ({ ...node, id: `n${index}`, hostname: `n${index}` }));
    previous = deriveSwarmHead(facts({ nodes, previous, nowMs }));
    return previous.findings
      .filter(({ cause }) => cause !== 'quorum-edge')
      .map(({ cause, level, sinceMs }) => `${cause} ${level} ${sinceMs}`);
  });
}

const LEADERLESS = [['none-leads notice 1000'], ['none-leads notice 1000'], ['none-leads problem 1000'], []];

test.each<[situation: string, managers: NodePicture[]]>([
  ['three that are all there', [one(), one(), one()]],
  ['five, one of them down', [one(), one(), one(), one(), one(gone)]],
  ['five, one of them down and yet reachable', [one(), one(), one(), one(), one({ status: 'down' })]],
  ['three, of whom one is lost', [one(), one(), one(gone)]],
  ['seven, one unreachable', [...Array(6).fill(one()), one({ reachability: 'unreachable' })]],
  ['five, of one not known', [one(), one(), one(), one(), one({ reachability: 'unknown' })]],
  [
    'five, and the leader is the one that is lost',
    [one(), one(), one(), one(), one({ ...gone, leader: true })],
  ],
])('%s: that none leads is a problem once no election takes so long', (_, managers) => {
  expect(sayLeaderless(managers)).toEqual(LEADERLESS);
});

test('the only manager is listed as down and answers: it leads all the same', () => {
  const managers = [buildSource({ kind: 'manager', nodeId: 'n1' })];
  const listed = [toListedNode(one({ id: 'n1', status: 'down', leader: true }))];
  const { findings } = deriveSwarmHead(
    facts({ managers, listed, nodes: [one({ id: 'n1', status: 'down' })] }),
  );
  expect(findings).toEqual([]);
});

test('a root certificate that is being changed is said until each node has one of the new root', () => {
  const swarm = { id: 'swarm-id', name: 'prod-eu', error: null, rotation: { issuer: 'new' } };
  const listed = [
    buildNode({ id: 'n1', hostname: 'docker01', issuer: 'new' }),
    buildNode({ id: 'n2', hostname: 'docker02', issuer: 'old', status: 'down' }),
  ];
  const said = (change: Partial<SwarmHeadFacts>) =>
    deriveSwarmHead(facts({ swarm, listed, ...change })).findings.map(({ sentence, hint }) => [
      sentence,
      hint,
    ]);
  expect(said({})).toEqual([
    [
      'The swarm’s root certificate is being changed: 1 of 2 nodes has no certificate of the new one yet (docker02; 1 of them is down).',
      'It does not end before each node has one: bring it back, or, if gone for good: docker node rm n2.',
    ],
  ]);
  // An external authority with two intermediates: nothing is being changed.
  const leads = { leader: true, reachability: 'reachable', address: null } as const;
  const led = listed.map((node, index) => ({ ...node, manager: index === 0 ? leads : null }));
  expect(said({ swarm: { ...swarm, rotation: null }, listed: led })).toEqual([]);
  expect(said({ listed: listed.slice(0, 1) })).toEqual([]);
  // Of a node that nothing is told of nothing is said.
  // Nor is one said to be without it, or to be removed, where it is not known to what it is changed.
  expect(said({ swarm: { ...swarm, rotation: { issuer: null } }, listed: led })).toEqual([
    [
      'The swarm’s root certificate is being changed.',
      'docker swarm ca --rotate began it. On a manager, docker swarm ca shows the new one.',
    ],
  ]);
  expect(said({ listed: [buildNode()] })[0]?.[0]).toBe('The swarm’s root certificate is being changed.');
});

test('an election right after another error of the swarm is given its time', () => {
  const swarm = {
    id: 'swarm-id',
    name: 'prod-eu',
    error: 'Swarm is encrypted and needs to be unlocked',
    rotation: null,
  };
  const before = deriveSwarmHead(facts({ swarm, nowMs: -3_600_000 }));
  expect(before.findings).toMatchObject([{ cause: 'swarm-error', level: 'problem' }]);
  expect(sayLeaderless([one(), one(), one()], before)).toEqual(LEADERLESS);
});

test('during an election, too, it is said that no more managers may be lost', () => {
  const { findings } = deriveSwarmHead(facts({ nodes: [one(), one(), one({ ...gone, id: 'n3' })] }));
  expect(findings).toMatchObject([
    { cause: 'none-leads', level: 'notice' },
    { cause: 'quorum-edge', level: 'problem' },
  ]);
});

test.each([
  ['swarm-error', 1_000, 21_000],
  ['swarm-error', 21_000, Number.POSITIVE_INFINITY],
  ['none-leads', 1_000, 21_000],
  ['node-down', 1_000, Number.POSITIVE_INFINITY],
] as const)('of %s at %i ms it is asked again at %d', (cause, nowMs, dueMs) => {
  const finding = {
    cause,
    level: 'problem',
    sentence: '',
    evidence: null,
    hint: null,
    because: null,
  } as const;
  expect(findLeaderlessDueMs([{ ...finding, subject: { kind: 'swarm' }, sinceMs: 1_000 }], nowMs)).toBe(
    dueMs,
  );
});
