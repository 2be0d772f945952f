import { expect, test } from 'vitest';
import { buildService } from '#lib/testing/build-service.ts';
import { describeNodeReason } from '#lib/testing/word-findings.ts';
import { parseSchedulingError, type SchedulingWants } from './task-error.ts';

const wordReasons = (error: string, wants: Partial<SchedulingWants>) =>
  parseSchedulingError(error)?.map((reason) => describeNodeReason(reason, buildService(wants))) ?? null;

test.each<[error: string, wants: Partial<SchedulingWants>, reasons: string[]]>([
  [
    'no suitable node (insufficient resources on 3 nodes)',
    { reserved: { cpuNano: null, memoryBytes: null, generic: ['NVIDIA-GPU=1'] } },
    ['insufficient resources on 3 nodes (it reserves NVIDIA-GPU=1)'],
  ],
  [
    'insufficient resources on 1 node',
    { reserved: { cpuNano: 5e8, memoryBytes: 2 ** 29, generic: ['FPGA=2'] } },
    ['insufficient resources on 1 node (it reserves 0.5 CPU, 512 MiB of memory and FPGA=2)'],
  ],
  [
    'no suitable node (missing plugin on 3 nodes)',
    { volumeDrivers: ['nope'], logDriver: 'loki' },
    ['missing plugin on 3 nodes (volume driver nope, log driver loki)'],
  ],
])('%s with %j', (error, wants, reasons) => {
  expect(wordReasons(error, wants)).toEqual(reasons);
});

test.each<[error: string, constraints: string[], reasons: string[] | null]>([
  ['no suitable node', [], []],
  ['no suitable node (insufficient resources on 6 nodes)', [], ['insufficient resources on 6 nodes']],
  [
    'no suitable node (insufficient resources on 6 nodes; scheduling constraints not satisfied on 1 node)',
    ['node.labels.gpu==yes'],
    ['insufficient resources on 6 nodes', 'constraint node.labels.gpu==yes not met on 1 node'],
  ],
  [
    'no suitable node (scheduling constraints not satisfied on 2 nodes)',
    ['a==b', 'c==d'],
    ['constraints not met on 2 nodes'],
  ],
  [
    'no suitable node (1 node not available for new tasks)',
    [],
    ['1 node not available for new tasks (drained, paused or down)'],
  ],
  [
    'no suitable node (2 nodes not available for new tasks; missing plugin on 1 node)',
    [],
    [
      '2 nodes not available for new tasks (drained, paused or down)',
      'missing plugin on 1 node (the driver of one of its networks)',
    ],
  ],
  [
    'no suitable node (unsupported platform on 3 nodes)',
    [],
    ['the image does not run on the platform of 3 nodes'],
  ],
  ['no suitable node (host-mode port already in use on 1 node)', [], ['host port already in use on 1 node']],
  ['no suitable node (max replicas per node limit exceed)', [], ['limit of replicas per node reached']],
  [
    'no suitable node (max replicas per node limit exceed on 2 nodes)',
    [],
    ['limit of replicas per node reached on 2 nodes'],
  ],
  [
    'no suitable node (cannot fulfill requested CSI volume mounts on 2 nodes)',
    [],
    ['volumes cannot be mounted on 2 nodes'],
  ],
  ['no suitable node (a reason of tomorrow on 2 nodes)', [], ['a reason of tomorrow on 2 nodes']],
  // A global service's task carries the explanation alone.
  ['insufficient resources on 1 node', [], ['insufficient resources on 1 node']],
  ['some other error', [], null],
  ['', [], null],
])('%s', (error, constraints, reasons) => {
  expect(wordReasons(error, { constraints })).toEqual(reasons);
});
