import type { NodeLoss } from './find-node-losses.ts';

const MAX_REASON = 200;

/** What happened to a node, what it took along and what to do: two short texts, the second `null` where nothing is plain. */
export function describeNodeLoss({ hostname, kind, reason, services, replicas }: NodeLoss): {
  sentence: string;
  hint: string | null;
} {
  const taken = `${count(replicas, 'replica')} of ${count(services.length, 'service')}`;
  if (kind === 'down') {
    const why = reason === null || reason === '' ? '' : ` (${reason.slice(0, MAX_REASON)})`;
    return {
      sentence:
        replicas === 0
          ? `The node is down${why}. Nothing that ran on it is missing.`
          : `The node is down${why} and took ${taken} along. What may run elsewhere Swarm starts there.`,
      hint: `Is ${hostname} up, and does its engine run? On it: systemctl status docker.`,
    };
  }
  const why = reason === null || reason === '' ? '' : ` ${reason.slice(0, MAX_REASON)}`;
  return {
    sentence:
      replicas === 0
        ? `Its engine cannot be read.${why}`
        : `Its engine cannot be read: the health of ${taken} is not known.${why}`,
    hint: null,
  };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

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
  return taken === 0 ? who : `${who} and took ${countReplicas(taken)} along`;
}

function describeUnread(losses: readonly NodeLoss[]): string | null {
  const [first] = losses;
  if (first === undefined) return null;
  const who =
    losses.length === 1 ? `the engine of ${first.hostname}` : `the engines of ${losses.length} nodes`;
  const taken = sum(losses);
  return taken === 0
    ? `${who} cannot be read`
    : `${who} cannot be read: the health of ${countReplicas(taken)} is not known`;
}

function sum(losses: readonly NodeLoss[]): number {
  return losses.reduce((all, { replicas }) => all + replicas, 0);
}

function countReplicas(replicas: number): string {
  return replicas === 1 ? '1 replica' : `${replicas} replicas`;
}
