import { describe, expect, it } from 'vitest';
import { toContainer } from './container/to-container.ts';
import { createMasker } from './create-masker.ts';
import { toService } from './to-service.ts';
import { toTask } from './to-task.ts';

const CUSTOMER = {
  find(text: string) {
    return [...text.matchAll(/\d{4}-\d{4}/g)].flatMap(({ index }) => [index, index + 9]);
  },
};
const NO_MASK = createMasker(null);

const READING = { nodeId: 'node', apiVersion: '1.41', skewMs: 0, readAtMs: 0 };
const check = { Test: ['CMD', 'redis-cli', '-a', 'hunter2', 'ping'] };
const container = {
  Id: 'c1',
  State: {
    Status: 'running',
    Error: 'exec: "redis-cli -a hunter2": executable file not found',
    Health: {
      Status: 'healthy',
      Log: [
        {
          Start: '2026-11-25T06:00:00Z',
          End: '2026-11-25T06:00:01Z',
          ExitCode: 1,
          Output: 'cannot reach postgres://app:hunter2@db, customer 4711-0815',
        },
      ],
    },
  },
  Config: { Healthcheck: check },
};
const service = {
  ID: 's1',
  Spec: {
    Name: 'cache',
    Mode: { Global: {} },
    TaskTemplate: { ContainerSpec: { Healthcheck: check } },
  },
  UpdateStatus: { State: 'paused', Message: 'update paused: --password hunter2' },
};
const task = {
  ID: 't1',
  ServiceID: 's1',
  Status: { State: 'failed', Err: 'exec: "curl -u app:hunter2 localhost": no such file', Message: '' },
};

describe('what is read from an engine', () => {
  it('holds no obvious secret, nor what somebody’s own patterns match', () => {
    const mask = createMasker([CUSTOMER]);
    const read = JSON.stringify([
      toContainer(container, { ...READING, mask }),
      toService(service, 0, mask),
      toTask(task, 0, mask),
    ]);
    expect(read).not.toContain('hunter2');
    expect(read).not.toContain('4711');
    expect(read).toContain('"CMD","redis-cli","-a","•••","ping"');
    expect(read).toContain('cannot reach postgres://app:•••@db, customer •••');
  });

  it('is as the engine has it when masking is off', () => {
    expect(JSON.stringify(toContainer(container, { ...READING, mask: NO_MASK }))).toContain(
      'postgres://app:hunter2@db, customer 4711',
    );
  });

  it('is masked each time it comes, however much comes between', () => {
    const mask = createMasker();
    for (let round = 0; round < 2; round += 1)
      for (let index = 0; index < 5_000; index += 1)
        expect(mask.text(`password=${index}`)).toBe('password=•••');
    expect(mask.text(`token=abc ${'x'.repeat(2_000_000)}`)).toMatch(/^token=••• x+$/);
    expect(mask.text('all is well')).toBe('all is well');
  });
});
