import type { Replica } from '#lib/model/contract/picture.ts';
import { toReplicaHref } from '#lib/view/links/to-href.ts';
import { toReplicaName } from '#lib/view/replica/names.ts';
import * as words from '#words/pages/status.ts';
import { STATUS_LOOKS } from './looks.ts';

/** A cell's attributes, all that it has: what is seen is drawn by status.css, its label is its content. */
export type Cell = ReadonlyMap<string, string>;

/** One replica as a cell that leads to its page. `repeated`: this is not the replica's own element. */
export function toCell(serviceName: string, replica: Replica, repeated: boolean): Cell {
  const { key, status, hostname, health } = replica;
  const look = STATUS_LOOKS[status];
  const name = toReplicaName(replica);
  const place = hostname === null || name.endsWith(hostname) ? '' : words.on(hostname);
  const streak =
    health === null || health.failingStreak === 0 ? '' : words.ofStreak(health.failingStreak, health.retries);
  const cell = new Map([
    ['class', `cell ${look.className}`],
    ['href', toReplicaHref(serviceName, key)],
  ]);
  if (!repeated) cell.set('data-replica', `${serviceName}.${key}`).set('data-status', status);
  return cell.set('aria-label', `${name}${place}: ${look.word}${streak}`);
}
