import type { PortResult, PortTarget } from '#lib/model/docker/port-check.ts';

/** Remembers behind which ports a process takes connections, on whichever node. */
export interface TakerMemory {
  /** Behind a port where each connection used to be taken, one that is not is no answer. */
  judge(target: PortTarget, results: readonly PortResult[]): readonly PortResult[];
  /** Forgets all other ports. */
  keep(targets: readonly PortTarget[]): void;
}

/** A process that is killed ends its connections, too: once is not enough to know that it takes them. */
const TAKEN_ROUNDS = 3;

export function createTakerMemory(): TakerMemory {
  const rounds = new Map<string, number>();
  return {
    judge(target, results) {
      const port = toPortKey(target);
      const before = rounds.get(port) ?? 0;
      if (results.length > 0 && results.every(isTakenResult)) rounds.set(port, before + 1);
      return before < TAKEN_ROUNDS ? results : results.map(toSilent);
    },
    keep(targets) {
      const ports = new Set(targets.map(toPortKey));
      for (const port of rounds.keys()) if (!ports.has(port)) rounds.delete(port);
    },
  };
}

const toPortKey = ({ serviceId, port, image }: PortTarget) => `${serviceId ?? ''} ${port} ${image ?? ''}`;

/** Did a process take it, and not just the kernel? */
export function isTakenResult({ answer, wrong }: PortResult): boolean {
  return answer === 'answers' && wrong === null;
}

function toSilent(result: PortResult): PortResult {
  return result.answer === 'answers' && result.wrong !== null
    ? { ...result, answer: 'timed-out', ms: null, status: null }
    : result;
}
