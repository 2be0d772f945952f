import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { ReplicaWords } from '#lib/words/words.ts';

const MIB = 1024 ** 2;
const describeCores = (cores: number) => (cores === 1 ? '1 CPU' : `${Number(cores.toFixed(2))} CPUs`);

/** Half as much again, in steps of 64 MiB, as `docker` takes it. */
const toMore = (bytes: number) => `${Math.ceil((bytes * 1.5) / (64 * MIB)) * 64}M`;

/** Near a limit, or held back by one. */
export const nearLimit = {
  'memory-near-limit': ({ service, percent, maxBytes, fullInMs }) => ({
    sentence: `Memory over ${percent} % of its limit of ${describeBytes(maxBytes)}${
      fullInMs === null
        ? ''
        : `, and rising: out of memory in about ${describeDuration(fullInMs)} at this rate`
    }.`,
    hint: `If it needs more: docker service update --limit-memory ${toMore(maxBytes)} ${service}. If it only ever grows, it leaks.`,
  }),
  'cpu-throttled': ({ service, percent, maxCores, hurts }) => ({
    sentence: `Throttled ${percent} % of the time${maxCores === null ? '' : `: it may use ${describeCores(maxCores)} and wants more`}.${
      hurts ? ' Its probes time out since then.' : ''
    }`,
    hint: `To give it more: docker service update --limit-cpu ${maxCores === null ? 'CPUS' : Number((maxCores * 2).toFixed(2))} ${service}.`,
  }),
  'pids-near-limit': ({ service, percent, max }) => ({
    sentence: `${percent === 100 ? 'At' : `Over ${percent} % of`} its limit of ${max} processes: at the limit nothing more starts in it, not even a probe.`,
    hint: `If it leaves zombies: docker service update --init ${service}. If it needs more: --limit-pids.`,
  }),
} satisfies Partial<ReplicaWords>;
