import { readFileSync } from 'node:fs';
import { toOpenApi } from '#e2e/support/schema/openapi.ts';
import { ICON } from '#lib/view/shell/icons.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Files that are made of sources: `npm run generate` writes them, a test says when they are not up to date. */
export const GENERATED: readonly { path: string; toText(present: string): string }[] = [
  { path: 'public/icon.svg', toText: () => `${ICON}\n` },
  { path: 'public/openapi.json', toText: () => `${JSON.stringify(toOpenApi(version), null, 1)}\n` },
];
