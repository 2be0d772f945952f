import { expect, test } from 'vitest';
import { describeExit } from './describe-exit.ts';

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
])('%d', (code, words) => expect(describeExit(code)).toBe(words));
