import { describe, expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { LogLine } from '#lib/model/docker/log-line.ts';
import { buildContainer } from '#lib/testing/build-container.ts';
import { createFakeClock } from '#lib/testing/fake-clock.ts';
import { createFakeEngine } from '#lib/testing/fake-engine.ts';
import type { LogMessage } from '#lib/wire/log-message.ts';
import { createLogs } from './create-logs.ts';
import { LOG_LIMITS, type LogLimits } from './limits.ts';
import type { LogTarget } from './log-target.ts';

const target = (n: number): LogTarget => ({
  taskId: `task-${n}`,
  containerId: `container-${n}`,
  nodeId: 'node-1',
  hostname: 'worker-1',
  key: String(n),
  slot: n,
});

function setUp(limits: Partial<LogLimits> = {}) {
  const clock = createFakeClock();
  const engine = createFakeEngine(clock);
  for (const n of [1, 2]) engine.containers.set(`container-${n}`, buildContainer({ id: `container-${n}` }));
  const state = { reachable: true, up: true, targets: [target(1)] as LogTarget[] | null };
  const logs = createLogs({
    clientOf: () => (state.reachable ? engine.client : null),
    isUp: () => state.up,
    timers: clock,
    limits: { ...LOG_LIMITS, ...limits },
  });
  let written = 0;
  const line = (text: string, stream: LogLine['stream'] = 'stdout'): LogLine => {
    written += 1;
    return { atMs: clock.nowMs() + written / 1000, stream, text, truncated: false };
  };
  const write = (n: number, ...texts: string[]) =>
    engine.writeLog(`container-${n}`, ...texts.map((text) => line(text)));
  return { clock, engine, state, logs, line, write };
}

/** Opens a viewer that reads all that comes. */
function view({ logs, state, clock }: ReturnType<typeof setUp>, tail = 100) {
  const controller = new AbortController();
  const messages: LogMessage[] = [];
  const stream = logs.follow({ targets: () => state.targets, tail, signal: controller.signal });
  let over = false;
  const reader = stream?.getReader();
  (async () => {
    for (;;) {
      const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      for (const text of new TextDecoder().decode(value).trim().split('\n')) messages.push(JSON.parse(text));
    }
    over = true;
  })();
  return {
    leave: () => controller.abort(),
    isOver: () => over,
    settle: () => clock.advance(100),
    texts: () => messages.flatMap((one) => (one.kind === 'lines' ? one.lines.map(({ text }) => text) : [])),
    skips: () => messages.filter((one) => one.kind === 'skipped'),
    sources: () => messages.findLast((one) => one.kind === 'sources')?.sources ?? [],
    messages,
  };
}

describe('a followed log', () => {
  it('begins with the newest lines and goes on with new ones', async () => {
    const all = setUp();
    all.write(1, 'old 1', 'old 2', 'old 3');
    const viewer = view(all, 2);
    await viewer.settle();
    all.write(1, 'new');
    await viewer.settle();
    expect(viewer.texts()).toEqual(['old 2', 'old 3', 'new']);
    expect(viewer.sources()).toEqual([
      { taskId: 'task-1', key: '1', slot: 1, hostname: 'worker-1', state: 'following', error: null },
    ]);
  });

  it('is read from the engine once for all viewers, and no longer than one of them looks', async () => {
    const all = setUp();
    all.write(1, 'a', 'b');
    const first = view(all);
    await first.settle();
    const second = view(all);
    await second.settle();
    all.write(1, 'c');
    await second.settle();
    expect(first.texts()).toEqual(['a', 'b', 'c']);
    expect(second.texts()).toEqual(['a', 'b', 'c']);
    expect(all.engine.counts.openLog).toBe(1);
    expect(all.logs.stats()).toEqual({ viewers: 2, containers: 1 });
    first.leave();
    await second.settle();
    expect(all.engine.openLogs()).toBe(1);
    second.leave();
    await second.settle();
    expect([first.isOver(), second.isOver()]).toEqual([true, true]);
    expect(all.engine.openLogs()).toBe(0);
    expect(all.logs.stats()).toEqual({ viewers: 0, containers: 0 });
    expect(all.clock.pendingTimers()).toBe(0);
  });

  it('gives one who wants more lines than the first one those before, too', async () => {
    const all = setUp();
    all.write(1, 'a', 'b', 'c');
    const first = view(all, 1);
    await first.settle();
    const second = view(all, 3);
    await second.settle();
    expect(first.texts()).toEqual(['c']);
    expect(second.texts().toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('goes on with the container that replaces this one', async () => {
    const all = setUp();
    all.write(1, 'first life');
    const viewer = view(all);
    await viewer.settle();
    all.state.targets = [target(2)];
    all.write(1, 'last words');
    all.engine.endLog('container-1');
    all.write(2, 'second life');
    await all.clock.advance(2_000);
    expect(viewer.texts()).toEqual(['first life', 'last words', 'second life']);
    expect(viewer.sources().map(({ taskId, state }) => [taskId, state])).toEqual([
      ['task-1', 'ended'],
      ['task-2', 'following'],
    ]);
    viewer.leave();
  });

  it('says why a log cannot be read, and does not ask again for what is gone', async () => {
    const all = setUp();
    all.engine.failing.set('openLog', new EngineError('http', 'The container is gone.', 404));
    const viewer = view(all);
    await all.clock.advance(60_000);
    expect(viewer.sources()).toMatchObject([{ state: 'failed', error: 'The container is gone.' }]);
    expect(all.engine.counts.openLog).toBe(1);
    viewer.leave();
  });

  it('goes on after its engine was away, without a line doubled or lost', async () => {
    const all = setUp();
    all.write(1, 'a');
    const viewer = view(all);
    await viewer.settle();
    all.state.reachable = false;
    all.engine.endLog('container-1', new EngineError('unreachable', 'It broke off.'));
    await all.clock.advance(2_500);
    expect(viewer.sources()[0]?.error).toContain('worker-1');
    all.write(1, 'b');
    all.state.reachable = true;
    await all.clock.advance(2_500);
    all.write(1, 'c');
    await viewer.settle();
    expect(viewer.texts()).toEqual(['a', 'b', 'c']);
    expect(viewer.skips()).toEqual([]);
    viewer.leave();
  });

  it('of a container that writes faster than the limit, leaves lines out and says so', async () => {
    const all = setUp({ linesPerSecond: 10, keptLines: 10, resumeLines: 5 });
    const viewer = view(all, 10);
    await viewer.settle();
    all.write(1, ...Array.from({ length: 100 }, (_, n) => `line ${n}`));
    await viewer.settle();
    expect(viewer.texts()).toHaveLength(20);
    expect(all.engine.openLogs(), 'the engine does not go on reading it out').toBe(0);
    all.write(1, 'much later');
    await all.clock.advance(1_000);
    expect(viewer.texts().slice(-5)).toEqual(['line 96', 'line 97', 'line 98', 'line 99', 'much later']);
    expect(viewer.skips()).toMatchObject([{ taskId: 'task-1', count: null }]);
    viewer.leave();
  });

  it('after a burst that fits into what is asked for, nothing is missing', async () => {
    const all = setUp({ linesPerSecond: 10, keptLines: 10, resumeLines: 5 });
    const viewer = view(all, 10);
    await all.clock.advance(1_500);
    all.write(1, ...Array.from({ length: 13 }, (_, n) => `line ${n}`));
    await all.clock.advance(1_500);
    expect(viewer.texts()).toEqual(Array.from({ length: 13 }, (_, n) => `line ${n}`));
    expect(viewer.skips()).toEqual([]);
    viewer.leave();
  });

  it('a viewer that does not read misses lines, is sent how many, and holds nobody up', async () => {
    const all = setUp({ viewerBytes: 600 });
    const controller = new AbortController();
    const slow = all.logs
      .follow({ targets: () => all.state.targets, tail: 10, signal: controller.signal })
      ?.getReader();
    const quick = view(all);
    for (let n = 0; n < 20; n += 1) {
      all.write(1, `line ${n}`);
      await all.clock.advance(60);
    }
    expect(quick.texts()).toHaveLength(20);
    let text = '';
    while (!text.includes('skipped')) {
      text += new TextDecoder().decode((await slow?.read())?.value);
      all.write(1, 'more');
      await all.clock.advance(60);
    }
    const skipped = JSON.parse(text.split('\n').find((one) => one.includes('skipped')) ?? '');
    expect(skipped.count).toBeGreaterThan(5);
    expect(skipped.count).toBeLessThan(22);
    controller.abort();
    quick.leave();
  });

  it('refuses more viewers, and more containers, than it can serve', async () => {
    const all = setUp({ viewers: 1, sources: 1 });
    all.state.targets = [target(1), target(2)];
    const viewer = view(all);
    await viewer.settle();
    expect(viewer.messages.findLast((one) => one.kind === 'sources')).toMatchObject({ leftOut: 1 });
    expect(all.logs.follow({ targets: () => [], tail: 1, signal: new AbortController().signal })).toBeNull();
    viewer.leave();
  });

  it('of a container whose line has no end, no more is read in a second than of any other', async () => {
    const all = setUp({ bytesPerSecond: 100_000 });
    const viewer = view(all, 0);
    await viewer.settle();
    const read = () => {
      let bytes = 0;
      while (all.engine.openLogs() > 0 && bytes < 100_000_000) {
        all.engine.writeLogBytes('container-1', 16_384);
        bytes += 16_384;
      }
      return bytes;
    };
    expect(read(), 'what it begins with may be more').toBeLessThan(10_000_000);
    for (let second = 0; second < 3; second += 1) {
      await all.clock.advance(1_000);
      expect(all.engine.openLogs(), 'it is looked at again').toBe(1);
      expect(read()).toBeLessThan(10_000_000);
    }
    await all.clock.advance(1_000);
    all.write(1, 'its end');
    await viewer.settle();
    expect(viewer.texts()).toEqual(['its end']);
    await all.clock.advance(1_000);
    expect(read(), 'of one that goes on').toBeLessThan(200_000);
    viewer.leave();
  });

  it('beats while nothing is written', async () => {
    const all = setUp();
    const viewer = view(all);
    await all.clock.advance(11_000);
    expect(viewer.messages.filter((one) => one.kind === 'beat').length).toBeGreaterThanOrEqual(1);
    viewer.leave();
  });

  it('ends with the server', async () => {
    const all = setUp();
    const viewer = view(all);
    await viewer.settle();
    all.logs.close();
    await viewer.settle();
    expect(viewer.isOver()).toBe(true);
    expect(all.engine.openLogs()).toBe(0);
  });
});

describe('a log that is answered in one piece', () => {
  it('is read beside a few others, waits for its turn in line, and is refused where too many wait', async () => {
    const { clock, engine } = setUp();
    const asked: (() => void)[] = [];
    const readLog = () => new Promise<LogLine[]>((resolve) => asked.push(() => resolve([])));
    const logs = createLogs({
      clientOf: () => ({ ...engine.client, readLog }),
      isUp: () => true,
      timers: clock,
      limits: { ...LOG_LIMITS, reads: 2, containersRead: 3, viewers: 5 },
    });
    const read = (signal = new AbortController().signal) => logs.read([target(1), target(2)], 1_000, signal);
    const left = new AbortController();
    const all = [read(), read(), read(left.signal), read(), read()];
    expect(read(), 'more than there may be viewers').toBeNull();
    await clock.advance(0);
    expect(asked).toHaveLength(3);
    asked.shift()?.();
    await clock.advance(0);
    expect(asked).toHaveLength(3);
    left.abort();
    expect(await all[2], 'nobody waits for it').toEqual([]);
    for (const answer of asked.splice(0)) answer();
    await Promise.all(all.slice(0, 2));
    while (logs.stats().viewers > 0) {
      await clock.advance(0);
      expect(asked.length).toBeLessThanOrEqual(3);
      for (const answer of asked.splice(0)) answer();
    }
    expect(await Promise.all(all.slice(3))).toEqual([expect.any(Array), expect.any(Array)]);
    expect(logs.stats().viewers).toBe(0);
  });
});

describe('a log to keep', () => {
  const readText = async (stream: ReadableStream<Uint8Array> | null) => new Response(stream).text();

  it('has the lines of all replicas by time, without colours, and says what could not be read', async () => {
    const all = setUp();
    all.write(1, 'a \u001b[31mred\u001b[0m');
    all.write(2, 'b');
    all.engine.writeLog('container-1', all.line('c', 'stderr'));
    const nameOf = ({ slot }: LogTarget) => `web.${slot}`;
    const text = await readText(all.logs.text({ targets: [target(1), target(2)], nameOf, tail: null }));
    expect(text.split('\n').map((one) => one.slice(25))).toEqual([
      'web.1 out a red',
      'web.2 out b',
      'web.1 err c',
      '',
    ]);
    all.engine.failing.set('openLog', new EngineError('http', 'The container is gone.', 404));
    const none = await readText(all.logs.text({ targets: [target(1)], nameOf, tail: null }));
    expect(none).toBe('# web.1: The container is gone.\n');
    expect(all.logs.stats().viewers).toBe(0);
  });

  it('of millions of short lines leaves others their turns', async () => {
    const all = setUp();
    all.engine.logs.set(
      'container-1',
      Array.from({ length: 200_000 }, () => all.line('')),
    );
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns += 1;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    const nameOf = () => 'web.1';
    const text = await readText(all.logs.text({ targets: [target(1)], nameOf, tail: null }));
    isOver = true;
    expect(text.split('\n')).toHaveLength(200_001);
    expect(turns).toBeGreaterThan(10);
  });

  it('is not read on when its reader leaves', async () => {
    const all = setUp();
    all.write(1, ...Array.from({ length: 5_000 }, (_, n) => `line ${n} ${'x'.repeat(50)}`));
    const stream = all.logs.text({ targets: [target(1)], nameOf: () => 'web.1', tail: null });
    const reader = stream?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(all.logs.stats().viewers).toBe(0);
    expect(all.engine.openLogs()).toBe(0);
  });
});
