import { expect, test } from 'vitest';
import { describeExit } from './en/exit.ts';

test.each([
  [0, 'exit 0'],
  [2, 'exit 2'],
  [126, 'exit 126 (not executable)'],
  [127, 'exit 127 (command not found)'],
  [128, 'exit 128'],
  [130, 'exit 130 (SIGINT)'],
  [134, 'exit 134 (SIGABRT)'],
  [139, 'exit 139 (SIGSEGV)'],
  [143, 'exit 143 (SIGTERM)'],
  [152, 'exit 152 (SIGXCPU)'],
  [255, 'exit 255'],
  [3221225786, 'exit 3221225786 (0xC000013A, stopped by Ctrl+C or docker stop)'],
  [-1073741510, 'exit 3221225786 (0xC000013A, stopped by Ctrl+C or docker stop)'],
  [3221225477, 'exit 3221225477 (0xC0000005, access violation)'],
  [3221226505, 'exit 3221226505 (0xC0000409, stack buffer overrun)'],
  [3221225999, 'exit 3221225999 (0xC000020F)'],
  [4294967295, 'exit 4294967295 (0xFFFFFFFF, the program says -1)'],
  [-1, 'exit 4294967295 (0xFFFFFFFF, the program says -1)'],
  [3221226091, 'exit 3221226091 (0xC000026B, its machine is shutting down)'],
  [3221225595, 'exit 3221225595 (0xC000007B, a file of another processor, or damaged)'],
  [3221225495, 'exit 3221225495 (0xC0000017, not enough memory)'],
  [1073807364, 'exit 1073807364 (0x40010004, ended from outside, as at a shutdown)'],
  [2147483647, 'exit 2147483647'],
])('%d', (code, words) => expect(describeExit(code)).toBe(words));
