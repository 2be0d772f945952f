import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GENERATED } from './generated.ts';

/** `npm run generate`: writes every file that is made of sources. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

for (const { path, toText } of GENERATED) {
  const file = join(root, path);
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const text = toText(present);
  if (text === present) continue;
  writeFileSync(file, text);
  process.stdout.write(`wrote ${path}\n`);
}
