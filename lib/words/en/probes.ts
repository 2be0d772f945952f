import type { FailedCheck, FailingProbes, ShellPlace } from '#lib/model/contract/finding-facts.ts';
import type { Phrase } from '#lib/model/contract/wording.ts';
import type { ProbeClue } from '#lib/model/docker/probe-clue.ts';
import { type EngineProblem, type ProbeResult, toProbeCause } from '#lib/model/docker/probe-result.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeExit } from './exit.ts';

/** Why an engine runs no probe, in words. */
const ENGINE_PROBLEMS: Readonly<Record<NonNullable<EngineProblem>, string>> = {
  stopped: 'the runtime takes its container for stopped',
  processes: 'no more processes can be started in it',
  'open-files': 'too many open files',
  memory: 'no memory left',
  disk: 'the disk is full or cannot be written',
  'control-groups': 'no room for more control groups',
  runtime: 'the container runtime failed',
};

/** How a probe ended: `exit 1`, `timed out after 3 s`, `could not run: curl is not in the image`. */
export function describeProbeResult(result: ProbeResult): string {
  switch (result.kind) {
    case 'exit':
      return describeExit(result.exitCode);
    case 'timeout':
      return result.afterMs === null ? 'timed out' : `timed out after ${describeDuration(result.afterMs)}`;
    case 'start-timeout':
      return 'timed out at its start';
    case 'not-run':
      if (result.command === null || result.why === null) return 'could not run';
      if (result.why === 'not-executable') return `could not run: ${result.command} is not executable`;
      // A whole command line under CMD is one name to Docker.
      return result.command.includes(' ')
        ? `could not run: no program is called “${result.command}”`
        : `could not run: ${result.command} is not in the image`;
    case 'engine':
      return result.why === null ? 'could not run' : `could not run: ${ENGINE_PROBLEMS[result.why]}`;
  }
}

/** What a probe that did not pass shows of itself. */
interface ProbeFacts {
  service: string;
  host: string | null;
  last: ProbeResult | null;
  clue: ProbeClue | null;
}

/** What to do about a mistake that shows in a check or in what it printed. */
export function describeClue(clue: ProbeClue): string {
  switch (clue.kind) {
    case 'one-text':
      return 'Its check is one text with blanks under CMD: Docker looks for a program of that name. Use CMD-SHELL, or a list of words.';
    case 'shell-word':
      return `Its check is a list under CMD, and no shell reads it: “${clue.word}” is an argument there. Use CMD-SHELL and one text.`;
    case 'lost-words':
      return 'Its check has several words under CMD-SHELL: the shell runs the first one alone. Use one text, or CMD and a list of words.';
    case 'no-process':
      return 'Its output says that it could start no process: the app may be fine.';
    case 'ipv6-loopback':
      return 'Its probe went to ::1 (IPv6): if the app listens on IPv4 only, probe 127.0.0.1.';
  }
}

/** What to do about a probe that cannot run, has too little time or shows a known mistake; `null` about one that ran and said no. */
export function describeProbeAdvice({ service, host, last, clue }: ProbeFacts): string | null {
  if (clue?.kind === 'no-process') return `${describeClue(clue)} ${describeNoProcess(service, host)}`;
  if (clue !== null) return describeClue(clue);
  if (last === null) return null;
  switch (toProbeCause(last)) {
    case 'probe-timeout':
      if (last.kind === 'start-timeout') return describeStuckStart(host);
      return `If it is only slow, give its probes more time: docker service update --health-timeout TIME ${service}.`;
    case 'probe-command':
      return 'Correct the command of its health check: --health-cmd of the service, or HEALTHCHECK of the image.';
    case 'probe-engine':
      return last.kind === 'engine' && last.why === 'processes'
        ? `The app may be fine. ${describeNoProcess(service, host)}`
        : `Look at ${host ?? 'its node'} (processes, open files, memory, containerd): the app and its check may be fine.`;
    case 'probe-failing':
      return null;
  }
}

/** What to do where no more processes can be started. */
export function describeNoProcess(service: string, host: string | null): string {
  return `Its own limit (--limit-pids) or that of ${host ?? 'its node'} is reached. If it leaves zombies: docker service update --init ${service}.`;
}

/** The engine gave up before the probe ran at all: nothing of the app is known by that. */
function describeStuckStart(host: string | null): string {
  return `${host ?? 'Its node'} did not get to start the probe: it has too much to do, or the runtime of this container hangs (docker exec into it hangs too, then).`;
}

/** How to look inside; `null` where no shell is known to be there. */
export function describeShell(shell: ShellPlace | null): string | null {
  return shell === null ? null : `Look inside: docker exec -it ${shell.container} sh, on ${shell.host}.`;
}

function describeFailing({ streak, retries, last, isForGood }: FailingProbes): string {
  const result = last === null ? '' : ` (${describeProbeResult(last)})`;
  const left = Math.max(1, retries - streak);
  const next = left === 1 ? 'one more failure' : `${left} more failures in a row`;
  return `Failed ${streak} of ${retries} probes${result}; ${next} and Swarm ${isForGood ? 'stops it and starts no other' : 'replaces it'}.`;
}

function describeFailed({ streak, retries, last }: FailedCheck): string {
  const times = Math.max(streak, retries);
  // `with exit 1`, but `timed out` and `could not run`.
  const ended = last?.kind === 'exit' ? 'with ' : '';
  const result = last === null ? '' : `, the last ${ended}${describeProbeResult(last)}`;
  return `Failed its health check ${times === 1 ? 'once' : `${times} times in a row`} (its limit is ${retries})${result}.`;
}

/** Probes that fail, and what Swarm does about it. */
export const probes = {
  'probe-failing': (facts) => ({
    sentence: describeFailing(facts),
    hint: describeProbeAdvice(facts) ?? describeShell(facts.shell),
  }),
  'probe-timeout': (facts) => ({ sentence: describeFailing(facts), hint: describeProbeAdvice(facts) }),
  'probe-command': (facts) => ({ sentence: describeFailing(facts), hint: describeProbeAdvice(facts) }),
  'probe-engine': (facts) => ({
    sentence: `The engine${facts.host === null ? '' : ` of ${facts.host}`} could not run its probe. ${describeFailing(facts)}`,
    hint: describeProbeAdvice(facts),
  }),
  'probes-flapping': ({ failed, of, inRow, last, ...facts }) => ({
    sentence: `Failed ${failed} of its last ${of} probes${last === null ? '' : ` (the last: ${describeProbeResult(last)})`}, never more than ${inRow} in a row: Docker does not act on that.`,
    hint: describeProbeAdvice({ ...facts, last }) ?? describeShell(facts.shell),
  }),
  unhealthy: (facts) => ({
    sentence: `${describeFailed(facts)} Swarm is stopping it and ${facts.restarts ? 'will start' : 'will not start'} a new one.`,
    hint: facts.last?.kind === 'start-timeout' ? describeStuckStart(facts.host) : null,
  }),
  'unhealthy-stuck': (facts): Phrase => ({
    sentence: `${describeFailed(facts)} It should be stopped by now: Swarm has missed it, or its engine cannot stop it.`,
    hint: `Replace it: docker service update --force ${facts.service}. If it stays all the same, its runtime hangs: restart that engine.`,
  }),
} satisfies Partial<ReplicaWords>;
