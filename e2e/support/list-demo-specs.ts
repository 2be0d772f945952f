import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

/** Takes Playwright's own `test`, not one that brings a lab: `import { expect, test } from '@playwright/test'`. */
const OWN_TEST = /^import \{(?:[^}]*,)?\s*test\s*(?:,[^}]*)?\} from '@playwright\/test';/m;

/** The specs that need no lab: paths to their files. */
export function listDemoSpecs(): string[] {
  return globSync('e2e/specs/**/*.spec.ts', { cwd: root })
    .filter((file) => OWN_TEST.test(readFileSync(join(root, file), 'utf8')))
    .map((file) => join(root, file));
}
