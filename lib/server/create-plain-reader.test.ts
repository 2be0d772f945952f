import { expect, it } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import type { PlainContainer } from '#lib/model/docker/plain-container.ts';
import { createPlainReader } from './create-plain-reader.ts';

const FTP = { id: 'c1', name: 'ftp' } as PlainContainer;

function setUp(answer: () => Promise<{ containers: PlainContainer[]; more: number }>, isOn = true) {
  const state = { nowMs: 0, asked: 0 };
  const reader = createPlainReader({
    isOn,
    nowMs: () => state.nowMs,
    clientOf: (nodeId) =>
      nodeId === 'gone'
        ? null
        : {
            readPlainContainers() {
              state.asked += 1;
              return answer();
            },
          },
  });
  return { reader, state };
}
const found = async () => ({ containers: [FTP], more: 0 });

it('asks nobody where it is off', async () => {
  const { reader, state } = setUp(found, false);
  expect(await reader.read('a')).toMatchObject({ plainState: 'off', containers: [] });
  expect(state.asked).toBe(0);
});

it('asks an engine once for all who look at the same time, and again after a while', async () => {
  const { reader, state } = setUp(found);
  await Promise.all(Array.from({ length: 100 }, () => reader.read('a')));
  expect(state.asked).toBe(1);
  state.nowMs = 6_000;
  expect(await reader.read('a')).toMatchObject({ plainState: 'read', containers: [FTP] });
  expect(state.asked).toBe(2);
});

it('says why they are not read', async () => {
  const { reader } = setUp(async () => {
    throw new EngineError('forbidden', 'The agent does not tell of them.', 403);
  });
  expect(await reader.read('a')).toMatchObject({
    plainState: 'unread',
    plainError: 'The agent does not tell of them.',
  });
  expect(await reader.read('gone')).toMatchObject({ plainState: 'unread' });
});

it('keeps no page waiting for an engine that does not answer', async () => {
  const { reader } = setUp(() => new Promise(() => {}));
  expect(await reader.read('a')).toMatchObject({ plainState: 'unread', containers: [] });
});
