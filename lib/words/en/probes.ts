import type { FailedCheck, FailingProbes, ShellPlace } from '#lib/model/contract/finding-facts.ts';
import type { Phrase } from '#lib/model/contract/wording.ts';
import type { ProbeResult } from '#lib/model/docker/probe-result.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { describeExit } from '#lib/model/text/describe-exit.ts';
import type { FindingWords } from '#lib/words/words.ts';

/** How a probe ended: `exit 1`, `timed out after 3 s`, `could not run: curl is not in the image`. */
export function sayProbeResult(result: ProbeResult): string {
  switch (result.kind) {
    case 'exit':
      return describeExit(result.exitCode);
    case 'timeout':
      return result.afterMs === null ? 'timed out' : `timed out after ${describeDuration(result.afterMs)}`;
    case 'start-timeout':
      return 'timed out at its start';
    case 'not-run':
      if (result.command === null || result.why === null) return 'could not run';
      return result.why === 'missing'
        ? `could not run: ${result.command} is not in the image`
        : `could not run: ${result.command} is not executable`;
  }
}

/** What to do about a probe that cannot run or has too little time; `null` about one that ran and said no. */
export function sayProbeAdvice(
  cause: 'probe-failing' | 'probe-timeout' | 'probe-command',
  service: string,
): string | null {
  switch (cause) {
    case 'probe-timeout':
      return `If it is only slow, give its probes more time: docker service update --health-timeout TIME ${service}.`;
    case 'probe-command':
      return 'Correct the command of its health check: --health-cmd of the service, or HEALTHCHECK of the image.';
    case 'probe-failing':
      return null;
  }
}

/** How to look inside; `null` where no shell is known to be there. */
export function sayShell(shell: ShellPlace | null): string | null {
  return shell === null ? null : `Look inside: docker exec -it ${shell.container} sh, on ${shell.host}.`;
}

function sayFailing({ streak, retries, last }: FailingProbes): string {
  const result = last === null ? '' : ` (${sayProbeResult(last)})`;
  const left = Math.max(1, retries - streak);
  const next = left === 1 ? 'one more failure' : `${left} more failures in a row`;
  return `Failed ${streak} of ${retries} probes${result}; ${next} and Swarm replaces it.`;
}

function sayFailed({ streak, retries, last }: FailedCheck): string {
  const times = Math.max(streak, retries);
  const result = last === null ? '' : `, the last with ${sayProbeResult(last)}`;
  return `Failed its health check ${times === 1 ? 'once' : `${times} times in a row`} (${retries} allowed)${result}.`;
}

/** Probes that fail, and what Swarm does about it. */
export const probes = {
  'probe-failing': (facts) => ({
    sentence: sayFailing(facts),
    hint: sayShell(facts.shell),
  }),
  'probe-timeout': (facts) => ({
    sentence: sayFailing(facts),
    hint: sayProbeAdvice('probe-timeout', facts.service),
  }),
  'probe-command': (facts) => ({
    sentence: sayFailing(facts),
    hint: sayProbeAdvice('probe-command', facts.service),
  }),
  unhealthy: (facts) => ({
    sentence: `${sayFailed(facts)} Swarm is stopping it and ${facts.restarts ? 'will start' : 'will not start'} a new one.`,
    hint: null,
  }),
  'unhealthy-stuck': (facts): Phrase => ({
    sentence: `${sayFailed(facts)} Swarm has missed it and will not act: replace it with docker service update --force ${facts.service}.`,
    hint: `Replace it: docker service update --force ${facts.service}.`,
  }),
} satisfies Partial<FindingWords>;
