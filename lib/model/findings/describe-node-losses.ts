import type { NodeLoss } from './find-node-losses.ts';

/** What is wrong with these nodes and what they took along, in one part of a sentence; `null` when there are none. */
export function describeNodeLosses(losses: readonly NodeLoss[]): string | null {
  const parts = [
    describeDown(losses.filter(({ kind }) => kind === 'down')),
    describeUnread(losses.filter(({ kind }) => kind !== 'down')),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

function describeDown(losses: readonly NodeLoss[]): string | null {
  const [first] = losses;
  if (first === undefined) return null;
  const who = losses.length === 1 ? `${first.hostname} is down` : `${losses.length} nodes are down`;
  const taken = sum(losses);
  return taken === 0 ? who : `${who} and took ${count(taken)} along`;
}

function describeUnread(losses: readonly NodeLoss[]): string | null {
  const [first] = losses;
  if (first === undefined) return null;
  const who =
    losses.length === 1 ? `the engine of ${first.hostname}` : `the engines of ${losses.length} nodes`;
  const taken = sum(losses);
  return taken === 0
    ? `${who} cannot be read`
    : `${who} cannot be read: the health of ${count(taken)} is not known`;
}

function sum(losses: readonly NodeLoss[]): number {
  return losses.reduce((all, { replicas }) => all + replicas, 0);
}

function count(replicas: number): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}
