import { join } from 'node:path';
import type { ThreadSettings } from '#lib/history/thread-message.ts';
import type { Config } from './config.ts';
import { findThreadFile } from './find-thread-file.ts';

/** Which database keeps the history, and what lies in the folder for it. */
export function toHistoryPlace({
  dataFolder,
  database,
}: Pick<Config, 'dataFolder' | 'database'>): Pick<ThreadSettings, 'path' | 'postgres'> {
  const toPath = (name: string) => (dataFolder === null ? null : join(dataFolder, name));
  if (database === null) return { path: toPath('history.db'), postgres: null };
  const connectionFile = findThreadFile('postgres/connection');
  return { path: toPath('spool.db'), postgres: { address: database, connectionFile } };
}
