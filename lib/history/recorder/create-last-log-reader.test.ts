import { expect, test } from 'vitest';
import { createFacts } from '#lib/facts/create-facts.ts';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { LastLine } from '#lib/model/contract/history.ts';
import type { Container } from '#lib/model/docker/container.ts';
import { buildCheckedContainer } from '#lib/testing/build-checked-container.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { buildService } from '#lib/testing/build-service.ts';
import { buildTask } from '#lib/testing/build-task.ts';
import { createLastLogReader } from './create-last-log-reader.ts';

const START = 1_800_000_000_000;
const line = (text: string): LastLine => ({ atMs: 20_000.4, stream: 'stderr', text });

function setUp(answers: (LastLine[] | string)[], ids = ['1']) {
  const kept: HistoryRecord[] = [];
  const asked: string[] = [];
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const settle = async () => {
    for (let round = 0; round < 4; round += 1) await turn();
  };
  const facts = createFacts();
  const reader = createLastLogReader({
    nowMs: () => START,
    record: (record) => kept.push(record),
    report: (container, words) => facts.apply({ kind: 'last-words', container, words }),
    async readLines({ id }) {
      asked.push(id);
      await turn();
      const answer = answers.shift() ?? [];
      if (typeof answer === 'string') throw new Error(answer);
      return answer;
    },
  });
  facts.subscribe(reader.observe);
  facts.apply({ kind: 'services', services: [buildService()], complete: true });
  const tasks = ids.map((id) => buildTask({ id: `task-${id}` }));
  facts.apply({ kind: 'tasks', tasks, serviceIds: null });
  const see = (container: Container) => facts.apply({ kind: 'container', container });
  return { reader, facts, see, kept, asked, settle };
}

const unhealthy = buildCheckedContainer({ status: 'unhealthy' });
const dead = buildContainer({ state: 'exited', exitCode: 1, finishedAtMs: START });

test('a container that is gone when it died keeps the lines from when it was unhealthy, and says so', async () => {
  const { see, kept, settle } = setUp([[line('pool exhausted')], 'The container is gone.']);
  see(unhealthy);
  await settle();
  see(dead);
  await settle();
  expect(kept.at(-1)).toEqual({
    kind: 'lines',
    taskId: 'task-1',
    lines: [{ atMs: 20_000, stream: 'stderr', text: 'pool exhausted' }],
    problem: 'Read while it was unhealthy; at its end its log could not be read: The container is gone.',
  });
});

test('of one that was well again in between, only what it wrote at its end counts', async () => {
  const { see, kept, settle } = setUp([[line('pool exhausted')], 'The container is gone.']);
  see(unhealthy);
  await settle();
  see(buildCheckedContainer());
  see(dead);
  await settle();
  expect(kept.at(-1)).toMatchObject({
    lines: [],
    problem: 'Its log could not be read: The container is gone.',
  });
});

test('an unhealthy container is read once, and again when it was well in between or gone', () => {
  const { facts, see, asked } = setUp([]);
  see(unhealthy);
  see(buildCheckedContainer({ status: 'unhealthy', failingStreak: 4 }));
  expect(asked).toHaveLength(1);
  see(buildCheckedContainer());
  see(buildCheckedContainer());
  see(unhealthy);
  expect(asked).toHaveLength(2);
  facts.apply({ kind: 'container-gone', nodeId: 'node-1', containerId: 'container-1' });
  see(unhealthy);
  expect(asked).toHaveLength(3);
});

test('a dead container is read once, also when its engine is found at another endpoint meanwhile', async () => {
  const { facts, see, asked, settle } = setUp([]);
  see(dead);
  see(dead);
  await settle();
  facts.apply({ kind: 'containers', nodeId: 'node-1', containers: [] });
  see(dead);
  await settle();
  expect(asked).toEqual(['container-1']);
});

test('a container that died long before we came is not read: who was there then has read it', async () => {
  const { reader, see, asked, settle } = setUp([], ['1', '2', '3']);
  const diedAt = (id: string, finishedAtMs: number) =>
    buildContainer({ id, taskId: `task-${id}`, state: 'exited', finishedAtMs });
  see(diedAt('1', START - 120_000));
  // The process before us ended longer ago than that: nobody was there.
  reader.begin(START - 300_000);
  see(diedAt('2', START - 120_000));
  see(diedAt('3', START - 900_000));
  await settle();
  expect(asked).toEqual(['2']);
});

test("what another node's engine says of a task's container is not taken in", async () => {
  const { see, asked, settle } = setUp([]);
  see({ ...dead, nodeId: 'node-2' });
  await settle();
  expect(asked).toEqual([]);
});

test('of a long log the last 50 lines are kept, of a long line its beginning', async () => {
  const { see, kept, settle } = setUp([
    Array.from({ length: 80 }, (_, n) => line(`${n} ${'x'.repeat(5_000)}`)),
  ]);
  see(dead);
  await settle();
  const [record] = kept;
  if (record?.kind !== 'lines') return expect.unreachable();
  expect(record.lines).toHaveLength(50);
  expect(record.lines.at(-1)?.text).toMatch(/^79 x+$/);
  expect(record.lines.at(-1)?.text).toHaveLength(2_000);
});

test('a hundred containers that die together are asked for four at a time', async () => {
  const ids = Array.from({ length: 100 }, (_, n) => String(n));
  const { see, kept, asked, settle } = setUp([], ids);
  for (const id of ids) see({ ...dead, id: `c${id}`, taskId: `task-${id}` });
  expect(asked).toHaveLength(4);
  for (let round = 0; round < 30; round++) await settle();
  expect(kept).toHaveLength(100);
});

test('a process at its limit of processes: the facts know what its last line says, and keep it when its engine tells again', async () => {
  const { facts, see, settle } = setUp([[line("sh: can't fork: Resource temporarily unavailable")]]);
  see(dead);
  await settle();
  const wordsOf = () =>
    facts.lastSeenContainerOf({ id: 'task-1', nodeId: dead.nodeId, containerId: dead.id })?.lastWords;
  expect(wordsOf()).toBe('no-process');
  see({ ...dead, readAtMs: START + 1 });
  expect(wordsOf()).toBe('no-process');
});

test('its container is removed while its log is read: what it says is known all the same', async () => {
  const { facts, see, settle } = setUp([[line('fork: retry: Resource temporarily unavailable')]]);
  see(dead);
  facts.apply({ kind: 'container-gone', nodeId: dead.nodeId, containerId: dead.id });
  await settle();
  expect(
    facts.lastSeenContainerOf({ id: 'task-1', nodeId: dead.nodeId, containerId: dead.id })?.lastWords,
  ).toBe('no-process');
});

test('a line that it went on long after tells nothing of its end', async () => {
  const { facts, see, settle } = setUp([
    [
      { atMs: START - 600_000, stream: 'stderr', text: "sh: can't fork: Resource temporarily unavailable" },
      { atMs: START - 1_000, stream: 'stderr', text: 'bad configuration' },
    ],
  ]);
  const seen: (string | null)[] = [];
  facts.subscribe((changes) => {
    for (const change of changes) if (change.kind === 'container') seen.push(change.container.lastWords);
  });
  see(buildContainer({}));
  see(dead);
  await settle();
  expect(seen).toEqual([null, null]);
});
