import { expect, test } from 'vitest';
import type { LastLine } from '#lib/model/contract/history.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createLastLogReader } from './create-last-log-reader.ts';
import type { HistoryRecord } from './record.ts';

const line = (text: string): LastLine => ({ atMs: 20_000.4, stream: 'stderr', text });
const settle = () => new Promise((resolve) => setImmediate(resolve));

function setUp(answers: (LastLine[] | string)[]) {
  const kept: HistoryRecord[] = [];
  const asked: string[] = [];
  const reader = createLastLogReader({
    record: (record) => kept.push(record),
    async readLines({ id }) {
      asked.push(id);
      await settle();
      const answer = answers.shift() ?? [];
      if (typeof answer === 'string') throw new Error(answer);
      return answer;
    },
  });
  return { reader, kept, asked };
}

test('a container that is gone when it died keeps the lines from when it was unhealthy, and says so', async () => {
  const { reader, kept } = setUp([[line('pool exhausted')], 'The container is gone.']);
  reader.read(buildContainer(), false);
  await settle();
  await settle();
  reader.read(buildContainer(), true);
  await settle();
  await settle();
  expect(kept.at(-1)).toEqual({
    kind: 'lines',
    taskId: 'task-1',
    lines: [{ atMs: 20_000, stream: 'stderr', text: 'pool exhausted' }],
    problem: 'Read while it was unhealthy; at its end its log could not be read: The container is gone.',
  });
});

test('of one that was well again in between, only what it wrote at its end counts', async () => {
  const { reader, kept } = setUp([[line('pool exhausted')], 'The container is gone.']);
  const container = buildContainer();
  reader.read(container, false);
  await settle();
  await settle();
  reader.forget(container.id);
  reader.read(container, true);
  await settle();
  await settle();
  expect(kept.at(-1)).toMatchObject({
    lines: [],
    problem: 'Its log could not be read: The container is gone.',
  });
});

test('of a long log the last 50 lines are kept, of a long line its beginning', async () => {
  const { reader, kept } = setUp([Array.from({ length: 80 }, (_, n) => line(`${n} ${'x'.repeat(5_000)}`))]);
  reader.read(buildContainer(), true);
  await settle();
  await settle();
  const [record] = kept;
  if (record?.kind !== 'lines') return expect.unreachable();
  expect(record.lines).toHaveLength(50);
  expect(record.lines.at(-1)?.text).toMatch(/^79 x+$/);
  expect(record.lines.at(-1)?.text).toHaveLength(2_000);
});

test('a hundred containers that die together are asked for four at a time', async () => {
  const { reader, kept, asked } = setUp([]);
  for (let n = 0; n < 100; n++) reader.read(buildContainer({ id: `c${n}`, taskId: `t${n}` }), true);
  expect(asked).toHaveLength(4);
  for (let round = 0; round < 100; round++) await settle();
  expect(kept).toHaveLength(100);
});
