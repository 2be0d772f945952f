import { expect, it } from 'vitest';
import type { Finding } from '#lib/model/contract/finding.ts';
import {
  describeCpu,
  describeDisk,
  describeMemory,
  describeNetwork,
  describeProcesses,
} from './describe-usage.ts';

const MIB = 2 ** 20;
const finding = (cause: Finding['cause']) => [{ cause } as Finding];

it.each([
  [
    'of its limit',
    { memoryBytes: 497 * MIB, memoryMaxBytes: 512 * MIB },
    [],
    { used: '497', of: '512 MiB', note: '97 %', isMarked: false },
  ],
  [
    'a finding speaks of it',
    { memoryBytes: 497 * MIB, memoryMaxBytes: 512 * MIB },
    finding('memory-near-limit'),
    { isMarked: true },
  ],
  [
    'no limit',
    { memoryBytes: 1536 * MIB, memoryMaxBytes: null },
    [],
    { used: '1.5 GiB', of: '', share: null, note: null },
  ],
  [
    'little of much',
    { memoryBytes: MIB, memoryMaxBytes: 32 * 1024 * MIB },
    [],
    { used: '0', of: '32 GiB', note: '<1 %' },
  ],
  ['not known', { memoryBytes: null, memoryMaxBytes: 5 }, [], { used: 'not known', share: null }],
])('memory: %s', (_, usage, findings, expected) => {
  expect(describeMemory(usage, findings)).toMatchObject(expected);
});

it.each([
  [
    'of its limit',
    { cpuCores: 0.98, cpuMaxCores: 1, throttled: 0 },
    { used: '0.98', of: '1 CPU', note: '98 %' },
  ],
  [
    'held back',
    { cpuCores: 0.98, cpuMaxCores: 2.5, throttled: 0.4 },
    { of: '2.5 CPUs', note: 'throttled 40 %' },
  ],
  [
    'no limit',
    { cpuCores: 1.5, cpuMaxCores: null, throttled: null },
    { used: '1.5 CPUs', of: '', share: null },
  ],
  [
    'one reading alone',
    { cpuCores: null, cpuMaxCores: 1, throttled: null },
    { used: 'not known', share: null },
  ],
])('CPU: %s', (_, usage, expected) => {
  expect(describeCpu(usage, [])).toMatchObject(expected);
});

it('says processes, network and disk, and what is not known', () => {
  expect(describeProcesses({ pids: 143, pidsMax: 200 }, [])).toMatchObject({
    used: '143',
    of: '200',
    note: '72 %',
  });
  expect(describeProcesses({ pids: 143, pidsMax: null }, [])).toMatchObject({
    used: '143',
    of: '',
    share: null,
  });
  expect(describeNetwork({ network: { inPerSecond: 412 * 1024, outPerSecond: 1.1 * MIB } })).toBe(
    'in 412 KiB/s, out 1.1 MiB/s',
  );
  expect(describeNetwork({ network: null })).toBe('not known');
  expect(describeDisk({ disk: { inPerSecond: 0, outPerSecond: 24 * 1024 } })).toBe(
    'read 0 B/s, write 24 KiB/s',
  );
});
