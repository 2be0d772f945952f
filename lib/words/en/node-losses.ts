import type { NodeLoss } from '#lib/model/findings/find-node-losses.ts';

const MAX_REASON = 200;

/** What happened to a node, what is missing with it and what to do: two short texts, the second `null` where nothing is plain. */
export function describeNodeLoss({ hostname, kind, reason, services, replicas, finding }: NodeLoss): {
  sentence: string;
  hint: string | null;
} {
  if (finding !== null) return { sentence: finding.sentence, hint: finding.hint };
  const hint = `Is ${hostname} up, and does its engine run? On it: systemctl status docker.`;
  const taken = `${count(replicas, 'replica')} of ${count(services.length, 'service')}`;
  if (kind === 'down') {
    const why = reason === null || reason === '' ? '' : ` (${reason.slice(0, MAX_REASON)})`;
    return {
      sentence:
        replicas === 0
          ? `The node is down${why}. Nothing that ran on it is missing.`
          : `The node is down${why}: ${taken} ${replicas === 1 ? 'is' : 'are'} missing. What may run elsewhere Swarm starts there.`,
      hint,
    };
  }
  const why = reason === null || reason === '' ? '' : ` ${reason.slice(0, MAX_REASON)}`;
  return {
    sentence:
      replicas === 0
        ? `Its engine cannot be read.${why}`
        : `Its engine cannot be read: the health of ${taken} is not known.${why}`,
    hint,
  };
}

/** Nothing is wrong with the node any more. */
export function describeNodeWell(hostname: string): string {
  return `${hostname} is well again.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
