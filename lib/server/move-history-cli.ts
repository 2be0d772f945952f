import { join } from 'node:path';
import { MoveRefusedError, moveHistory } from '#lib/history/postgres/move-history.ts';
import { maskSecrets } from '#lib/model/text/masking/mask-secrets.ts';
import { toVisibleText } from '#lib/model/text/show-hidden.ts';
import { ConfigError, parseConfig } from './config.ts';
import { findThreadFile } from './find-thread-file.ts';

/**
 * `--move-history`: from the file in `VITALS_DATA` to `VITALS_DATABASE_URL`.
 *
 * @param print for whoever waits for it
 * @returns the exit code
 */
export function runMoveHistory(
  env: Record<string, string | undefined>,
  print: (text: string) => void,
): number {
  try {
    // It listens to nobody, wherever a server would.
    const { dataFolder, database, historyDays } = parseConfig({ ...env, HOSTNAME: '127.0.0.1' });
    if (dataFolder === null || database === null) {
      print('Set VITALS_DATA to the folder of the history, and VITALS_DATABASE_URL to where it is to go.');
      return 1;
    }
    const postgres = { address: database, connectionFile: findThreadFile('postgres/connection') };
    const path = join(dataFolder, 'history.db');
    print(moveHistory({ path, postgres, maxAgeDays: historyDays, nowMs: Date.now(), say: print }));
    return 0;
  } catch (error) {
    if (!(error instanceof MoveRefusedError || error instanceof ConfigError)) throw error;
    print(toVisibleText(maskSecrets(error.message)));
    return 1;
  }
}
