import { isRaw, project, type Raw } from './project.ts';
import { STATS } from './shapes.ts';

/** More than a container has. */
const MAX_NETWORKS = 1_000;

/** What a container has used, without the names of its networks: their sums, as one. `null`: it is no answer of Docker's. */
export function projectStats(raw: unknown): Raw | null {
  const stats = project(raw, STATS);
  if (stats === null || !isRaw(raw) || !isRaw(raw.networks)) return stats;
  const sum = { rx_bytes: 0, tx_bytes: 0 };
  for (const one of Object.values(raw.networks).slice(0, MAX_NETWORKS)) {
    if (!isRaw(one)) continue;
    sum.rx_bytes += toCount(one.rx_bytes);
    sum.tx_bytes += toCount(one.tx_bytes);
  }
  return { ...stats, networks: { all: sum } };
}

const toCount = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
