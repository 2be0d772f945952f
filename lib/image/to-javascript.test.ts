import { expect, test } from 'vitest';
import { toJavaScript } from './to-javascript.ts';

test.each([
  ["import { a } from './a.ts';", "import { a } from './a.js';"],
  ["import { a } from '#lib/model/a.ts';", "import { a } from '#lib/model/a.js';"],
  ["export { a } from './a.ts';", "export { a } from './a.js';"],
  ["await import('#lib/agent/cli.ts');", "await import('#lib/agent/cli.js');"],
  ["import { readFileSync } from 'node:fs';", "import { readFileSync } from 'node:fs';"],
  ["import type { A } from './a.ts';", ''],
  ['const a: number = 1 as number;', 'const a         = 1          ;'],
])('%s', (source, code) => {
  expect(toJavaScript(source).trim()).toBe(code);
});
