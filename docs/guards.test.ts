import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { undoGuard } from '#e2e/guards/guard.ts';
import { GUARDS } from '#e2e/guards/guards.ts';

const read = (path: string) => readFileSync(join(fileURLToPath(import.meta.url), '../..', path), 'utf8');

/** What tests of a spec are called; what is put into a title may be anything. */
function listTitles(spec: string): RegExp[] {
  return Array.from(spec.matchAll(/\btest\(\s*(?:'(.*)'|`(.*)`|"(.*)"),/g), ([, ...written]) => {
    const parts = written.join('').split(/\$\{[^}]*\}/);
    return new RegExp(
      `^${parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('.+')}`,
    );
  });
}

describe('the list of what is taken out to see a test notice it (npm run test:guards)', () => {
  it.each(GUARDS)('is about what is there: $without', (guard) => {
    const source = read(guard.file);
    expect(undoGuard(source, guard)).not.toBe(source);
    const titles = listTitles(read(guard.spec));
    const isThere =
      ["'", '`'].some((quote) => read(guard.spec).includes(quote + guard.test)) ||
      titles.some((title) => title.test(guard.test));
    expect(isThere, `${guard.spec} has the test "${guard.test}"`).toBe(true);
  });
});
