import { expect, it } from 'vitest';
import { checkPorts, toSeenPorts } from './check-ports.ts';
import { findAnswerLimits } from './transport/answer-limits.ts';

const PLACES = [
  { address: '10.0.0.1', port: 30_000 },
  { address: 'fd00::2', port: 30_000 },
];
const [first, second] = PLACES;

it('an agent says of each place what answered there', () => {
  const ports = [
    { ...first, answer: 'answers', ms: 1.5 },
    { ...second, answer: 'unlisted', ms: null },
  ];
  expect(toSeenPorts({ ports }, PLACES)).toEqual(ports);
});

it('two nodes behind one address are asked once, and seen alike', async () => {
  const [one = { address: '', port: 0 }, other = one] = PLACES;
  let asked: unknown = null;
  const seen = await checkPorts([one, other, one], {
    timeoutMs: 1_000,
    display: 'agent',
    ask: async ({ query }, decode) => {
      asked = query;
      const ports = PLACES.map((place) => ({ ...place, answer: 'answers', ms: 1 }));
      return decode(
        Buffer.from(JSON.stringify({ ports })),
        findAnswerLimits('seen'),
        AbortSignal.timeout(1_000),
      );
    },
  });
  expect(asked).toEqual({ at: '10.0.0.1:30000,[fd00::2]:30000' });
  expect(seen.map(({ address }) => address)).toEqual(['10.0.0.1', 'fd00::2', '10.0.0.1']);
});

it.each([
  [null],
  [{}],
  [{ ports: [{ ...first, answer: 'answers', ms: 1 }] }],
  // Of others than it was asked for.
  [
    {
      ports: [
        { ...second, answer: 'answers' },
        { ...first, answer: 'answers' },
      ],
    },
  ],
  [
    {
      ports: [
        { ...first, answer: 'fine' },
        { ...second, answer: 'answers' },
      ],
    },
  ],
  [{ ports: Array.from({ length: 10_000 }, () => ({ ...first, answer: 'answers' })) }],
])('what no agent would say counts for nothing: %j', (raw) => expect(toSeenPorts(raw, PLACES)).toBeNull());

it.each([[Number.NaN], [-1], [1e300], ['1'], [{}]])('a time of %o is none', (ms) => {
  const ports = PLACES.map((place) => ({ ...place, answer: 'answers', ms }));
  expect(toSeenPorts({ ports }, PLACES)?.map((one) => one.ms)).toEqual([null, null]);
});
