import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach } from 'vitest';
import type { StoreOptions } from '#lib/history/store/create-store.ts';
import { NOW } from './history-records.ts';

type Open = Pick<StoreOptions, 'path' | 'maxAgeDays' | 'maxBytes' | 'nowMs' | 'steadyMs'>;

/**
 * Stores in a folder of this file's tests: closed after each test, the folder is gone after the last one.
 *
 * @returns `makePath` names a database in a folder of its own (nothing is there yet), `open` opens one as it is at {@link NOW}
 */
export function createTemporaryStores<T extends { close(): void }>(create: (options: Open) => T) {
  const folder = mkdtempSync(join(tmpdir(), 'vitals-store-'));
  const opened: { close(): void }[] = [];
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const store of opened.splice(0)) {
      try {
        store.close();
      } catch {
        // The test closed it itself.
      }
    }
  });
  return {
    opened,
    makePath: () => join(mkdtempSync(join(folder, 'of-')), 'history.db'),
    open(path: string | null, more: Partial<Open> = {}): T {
      const store = create({ path, maxAgeDays: 8, maxBytes: 1e9, nowMs: NOW, ...more });
      opened.push(store);
      return store;
    },
  };
}
