import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import next from 'next';
import { environment } from '#lib/server/settings/environment.ts';
import type { RequestHandler } from './create-front.ts';

export interface NextOptions {
  /** Where the build lies, or in development the sources. */
  folder: string;
  hostname: string;
  port: number;
  development: boolean;
}

/** Next's own way to be one part of another server; it makes none itself. */
export async function loadNext({
  folder,
  hostname,
  port,
  development,
}: NextOptions): Promise<RequestHandler> {
  if (!development) {
    // As the server that Next writes into a standalone build does: its settings are those of the build.
    const file = join(folder, '.next/required-server-files.json');
    const { config } = JSON.parse(readFileSync(file, 'utf8')) as { config: object };
    environment.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(config);
  }
  const app = next({ dir: folder, dev: development, hostname, port });
  await app.prepare();
  return app.getRequestHandler();
}
