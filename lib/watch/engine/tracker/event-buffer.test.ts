import { expect, it } from 'vitest';
import type { EngineEvent } from '#lib/engine/port.ts';
import { createEventBuffer } from './event-buffer.ts';

const AT = { atMs: 1, engineAtMs: 1, taskId: 'task-1' };
const health = (containerId: string): EngineEvent => ({
  kind: 'health',
  status: 'healthy',
  containerId,
  ...AT,
});
const exec = (containerId: string): EngineEvent => ({ kind: 'exec-die', exitCode: 0, containerId, ...AT });
const NODE: EngineEvent = { kind: 'node', nodeId: 'node-1', action: 'update', atMs: 1, engineAtMs: 1 };

it('keeps nothing back where nothing is listed, nor after it was dropped', () => {
  const buffer = createEventBuffer();
  expect(buffer.keep(health('a'))).toBe(false);
  buffer.hold();
  expect(buffer.keep(health('a'))).toBe(true);
  buffer.drop();
  expect(buffer.keep(health('a'))).toBe(false);
  expect(buffer.release()).toEqual([]);
});

it('gives events back in their order, and says which a read holds already', () => {
  const buffer = createEventBuffer();
  buffer.hold();
  buffer.keep(health('a'));
  buffer.keep(NODE);
  buffer.mark('a');
  buffer.keep(health('b'));
  buffer.keep(exec('a'));
  expect(buffer.release()).toEqual([
    { event: health('a'), isContained: true },
    { event: NODE, isContained: false },
    { event: health('b'), isContained: false },
    { event: exec('a'), isContained: false },
  ]);
  expect(buffer.keep(health('a'))).toBe(false);
});

it('a read of an earlier hold says nothing of this one', () => {
  const buffer = createEventBuffer();
  buffer.hold();
  buffer.mark('a');
  buffer.hold();
  buffer.keep(health('a'));
  expect(buffer.release()).toEqual([{ event: health('a'), isContained: false }]);
});

it('of too many leaves out commands that ended, and nothing else', () => {
  const buffer = createEventBuffer(2);
  buffer.hold();
  for (const event of [exec('a'), exec('b'), exec('c'), health('a'), exec('d'), NODE]) buffer.keep(event);
  expect(buffer.release().map(({ event }) => event)).toEqual([exec('a'), exec('b'), health('a'), NODE]);
});

it('keeps no more than so many back, and says so where a list has to tell of the rest', () => {
  const buffer = createEventBuffer(2);
  buffer.hold();
  for (let n = 0; n < 10; n += 1) buffer.keep(exec('a'));
  expect(buffer.isMissed()).toBe(false);
  for (let n = 0; n < 10; n += 1) buffer.keep(health('a'));
  expect(buffer.isMissed()).toBe(true);
  expect(buffer.release()).toHaveLength(4);
  buffer.hold();
  expect(buffer.isMissed()).toBe(false);
});
