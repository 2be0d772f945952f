import { describe, expect, test } from 'vitest';
import type { PortOnNode, ServiceTraffic } from '#lib/model/contract/traffic.ts';
import { chooseColumns, describeFolded, orderPorts, toPortCell } from './port-cell.ts';
import { toStrip } from './port-strip.ts';

const on = (overrides: Partial<PortOnNode> = {}): PortOnNode => ({
  nodeId: 'n1',
  hostname: 'docker01',
  address: null,
  notAsked: null,
  state: 'answers',
  sinceMs: 1_000,
  expects: 'answer',
  answered: 3,
  asked: 3,
  failure: null,
  ms: 3.4,
  status: null,
  wrong: null,
  atMs: 2_000,
  views: [],
  seenFrom: { nodes: 0, answering: 0 },
  ...overrides,
});
const failing = { answered: 0, asked: 2, failure: 'refused', ms: null } as const;

test.each<[string, Partial<PortOnNode>, string]>([
  ['answers', {}, 'good 3 ms connects'],
  ['answers quickly, with a status', { status: 204, ms: 0.44 }, 'good 0.4 ms 204'],
  ['refused', { ...failing, state: 'refused' }, 'bad refused '],
  ['refused once: no finding says so', { ...failing, state: 'answers' }, 'moving refused once'],
  ['refused at first', { ...failing, state: null, sinceMs: null }, 'moving refused once'],
  ['some fail', { state: 'partly', answered: 2, failure: 'timed-out' }, 'warn 1 of 3 times out'],
  ['some failed, none in the last round', { state: 'partly' }, 'warn some did not some did not'],
  [
    'a wrong answer',
    { ...failing, state: 'wrong', failure: 'wrong', wrong: { kind: 'status', code: 503 } },
    'bad status 503 ',
  ],
  [
    'refused while its replicas change',
    { ...failing, state: 'refused', expects: null },
    'moving refused replicas change',
  ],
  [
    'refused, and nothing is up',
    { ...failing, state: 'refused', expects: 'nothing' },
    'none refused no replica up',
  ],
  ['answers, and nothing is up', { expects: 'nothing' }, 'warn 3 ms no replica up'],
  ['not asked', { notAsked: 'node-down', atMs: null }, 'none not asked node down'],
  ['host mode, without a replica', { notAsked: 'no-replica', atMs: null }, 'none – no replica'],
  ['not asked yet', { state: null, asked: 0, answered: 0, atMs: null }, 'none – asked soon'],
])('%s', (_what, overrides, expected) => {
  const { tone, word, note } = toPortCell(on(overrides), { kind: 'tcp' });
  expect(`${tone} ${word} ${note}`).toBe(expected);
});

describe('many nodes', () => {
  const nodes = Array.from({ length: 20 }, (_, i) =>
    on({ nodeId: `n${i}`, ms: i + 1, ...(i === 17 ? { ...failing, state: 'refused' as const } : {}) }),
  );
  const port = {
    mode: 'ingress',
    published: 8080,
    target: 80,
    protocol: 'tcp',
    ask: { kind: 'tcp' },
    unchecked: null,
    through: null,
    nodes,
  } as const;
  const traffic: ServiceTraffic = {
    rotation: 'checked',
    ports: [{ ...port, nodes: [...nodes] }],
    moreNodes: 0,
  };

  test('what is wrong has a column of its own, in the order of the nodes; the others are counted', () => {
    const { shown, folded } = chooseColumns(traffic, false);
    expect(shown).toEqual(['n0', 'n1', 'n2', 'n3', 'n4', 'n17']);
    expect(describeFolded({ ...port, nodes: [...nodes] }, new Set(folded))).toMatchObject([
      { tone: 'good', word: '14 × connects', note: '6 ms – 20 ms' },
    ]);
    expect(chooseColumns(traffic, true)).toMatchObject({ folded: [] });
  });

  test('of more ports than there is room for, those with something wrong come first', () => {
    const well = { ...port, published: 1, nodes: [on({ nodeId: 'n1' })] };
    const bad = { ...port, published: 2, nodes: [...nodes] };
    expect(orderPorts([well, bad], 1).map(({ published }) => published)).toEqual([2, 1]);
    expect(orderPorts([well, bad], 2).map(({ published }) => published)).toEqual([1, 2]);
  });
});

test('the strip of a port is as bad as the worst in each piece, and unknown where nothing is known', () => {
  const spans = [
    { fromMs: 1_000, untilMs: 4_000, state: 'answers' },
    { fromMs: 4_000, untilMs: 4_500, state: 'partly' },
    { fromMs: 4_500, untilMs: 7_000, state: 'refused' },
    { fromMs: 8_000, untilMs: null, state: 'answers' },
  ] as const;
  expect(toStrip(spans, { fromMs: 0, untilMs: 10_000 }, 10).map((tone) => tone[0])).toEqual([
    'u',
    'g',
    'g',
    'g',
    'b',
    'b',
    'b',
    'u',
    'g',
    'g',
  ]);
});
