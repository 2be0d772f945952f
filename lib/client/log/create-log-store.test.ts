import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LogMessage, LogSource } from '#lib/wire/log-message.ts';
import { createLogStore } from './create-log-store.ts';

const source = (n: number, state: LogSource['state'] = 'following'): LogSource => ({
  taskId: `task-${n}`,
  key: String(n),
  slot: n,
  hostname: `worker-${n}`,
  state,
  error: null,
});
const sources = (...all: LogSource[]): LogMessage => ({ kind: 'sources', sources: all, leftOut: 0 });
const lines = (n: number, ...times: number[]): LogMessage => ({
  kind: 'lines',
  taskId: `task-${n}`,
  lines: times.map((atMs) => ({ atMs, stream: 'stdout', text: `${n}@${atMs}`, truncated: false })),
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(tail = 100, maxEntries?: number) {
  const store = createLogStore(tail, maxEntries);
  const take = (...messages: LogMessage[]) => {
    for (const message of messages) store.take(message);
    vi.runAllTimers();
  };
  const texts = () =>
    store
      .state()
      .blocks.flatMap(({ entries }) => entries.map((one) => (one.kind === 'line' ? one.plain : one.text)));
  return { store, take, texts };
}

describe('the log on a page', () => {
  it('is in the order of time, whoever sent it first', () => {
    const { take, texts } = open();
    take(sources(source(1), source(2)), lines(1, 10, 30, 50), lines(2, 20, 40));
    take(lines(2, 45, 60), lines(1, 55));
    expect(texts()).toEqual(['1@10', '2@20', '1@30', '2@40', '2@45', '1@50', '1@55', '2@60']);
  });

  it('keeps the newest, and the blocks that did not change', () => {
    const { store, take, texts } = open(100, 250);
    const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
    take(sources(source(1)), lines(1, ...range(0, 230)));
    const [first, second] = store.state().blocks;
    take(lines(1, ...range(230, 240)));
    expect(store.state().blocks.slice(0, 2)).toEqual([first, second]);
    expect(store.state().blocks[1]).toBe(second);
    take(lines(1, ...range(240, 400)));
    expect(texts()).toHaveLength(300);
    expect(texts().at(-1)).toBe('1@399');
    expect(store.state().received).toBe(400);
  });

  it('says where lines are missing, and what became of containers', () => {
    const { take, texts } = open();
    take(sources(source(1)), lines(1, 10), { kind: 'skipped', taskId: 'task-1', atMs: 11, count: 1_200 });
    take(sources(source(1, 'ended')), sources(source(1, 'ended'), source(2)), lines(2, 20));
    expect(texts()).toEqual([
      '1@10',
      'The container stopped.',
      'A new task, task-2 on worker-2.',
      '… 1,200 lines left out: this page was not quick enough',
      '2@20',
    ]);
  });

  it('opened anew, nothing is doubled, and a gap is said', () => {
    const { store, take, texts } = open(2);
    take(sources(source(1)), lines(1, 10, 20));
    store.reopened();
    take(sources(source(1)), lines(1, 20, 30));
    store.reopened();
    take(sources(source(1)), lines(1, 50, 60));
    expect(texts()).toEqual([
      '1@10',
      '1@20',
      '1@30',
      'Lines may be missing here: the log was not connected.',
      '1@50',
      '1@60',
    ]);
  });
});
