import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** Takes Playwright's own `test`: `import { expect, test } from '@playwright/test'`. */
const OWN_TEST = /^import \{(?:[^}]*,)?\s*test\s*(?:,[^}]*)?\} from '@playwright\/test';/m;
/** Takes the one that brings the lab of most. */
const LAB_TEST = /^import \{(?:[^}]*,)?\s*test\s*(?:,[^}]*)?\} from '#e2e\/support\/test\.ts';/m;

/** Which specs need no root, and which share one lab; the others make a lab of their own. Paths to their files. */
export function listSpecs(): { demo: string[]; lab: string[] } {
  const specs = globSync('e2e/specs/**/*.spec.ts', { cwd: root }).map((file) => join(root, file));
  const listWith = (form: RegExp) => specs.filter((file) => form.test(readFileSync(file, 'utf8')));
  return { demo: listWith(OWN_TEST), lab: listWith(LAB_TEST) };
}
