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
  [2147483647, 'exit 2147483647'],
])('%d', (code, words) => expect(describeExit(code)).toBe(words));
