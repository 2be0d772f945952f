import type {
  EndCause,
  Ended,
  EndFacts,
  EndReason,
  EndReasonOf,
  ImageFault,
} from '#lib/model/contract/finding-facts.ts';
import type { Phrase } from '#lib/model/contract/wording.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeDockerFault } from './docker-errors.ts';
import { describeExit, toUnsigned } from './exit.ts';
import { formatPlural } from './lists.ts';
import { describeNoProcess, describeProbeAdvice, describeProbeResult } from './probes.ts';

type EndWords = { readonly [C in EndCause]: (facts: EndFacts[C]) => Phrase };

/** Why a task ended badly. */
const ends: EndWords = {
  'killed-for-health': (facts) => ({
    sentence: `Killed for its health${facts.never ? ' before it was ever healthy' : ''}: ${describeKill(facts)}.`,
    hint: describeKillAdvice(facts),
  }),
  'out-of-memory': ({ when, exitCode, service }) =>
    when === 'at-start'
      ? {
          sentence: 'Its memory limit is too low to start in.',
          hint: `Raise it: docker service update --limit-memory SIZE ${service}.`,
        }
      : {
          sentence: `Ran out of memory: the kernel killed it at its memory limit${exitCode === null ? '' : `, ${describeExit(exitCode)}`}.`,
          hint: `Let it use less, or raise its limit: docker service update --limit-memory SIZE ${service}.`,
        },
  'node-unfit': describeDockerFault,
  'port-in-use': describeDockerFault,
  'mount-missing': describeDockerFault,
  'secret-missing': describeDockerFault,
  'network-failed': describeDockerFault,
  'container-gone': describeDockerFault,
  'command-cannot-start': describeDockerFault,
  'disk-full': describeDockerFault,
  'host-limit': describeDockerFault,
  'log-driver': describeDockerFault,
  'plugin-missing': describeDockerFault,
  'device-missing': describeDockerFault,
  'setting-refused': describeDockerFault,
  'runtime-failed': describeDockerFault,
  'image-missing': ({ image, why, host }) => ({
    sentence: `Image ${image} cannot be used: ${IMAGE_FAULTS[why](host ?? 'its node')}.`,
    hint: `Try it on ${host ?? 'its node'}: docker pull ${image}.${why === 'not-pulled' ? ' Swarm calls it missing also where the registry wants a login: docker service update --with-registry-auth gives its nodes one.' : ''}`,
  }),
  'exit-code': (facts) => {
    const { exitCode, oomBeforeMs, lastWords, service, host } = facts;
    const said = lastWords === 'no-process' ? describeSaid(facts) : describeExitCause(exitCode);
    return {
      sentence: `Ended with ${describeExit(exitCode)}${said}.${describeEarlierOom(oomBeforeMs)}`,
      hint: lastWords === 'no-process' ? describeNoProcess(service, host) : describeExitAdvice(facts),
    };
  },
  ended: ({ how, hasRun, task, host }) => ({
    sentence: ENDED[how](host),
    hint: hasRun ? describeReadLog(task) : null,
  }),
};

const ENDED = {
  'exit-0': () => 'Ended with exit 0, though it should keep running.',
  rejected: (host: string | null) => `${host ?? 'Its node'} could not prepare it.`,
  'not-started': (host: string | null) =>
    `Its container could not be started${host === null ? '' : ` on ${host}`}.`,
  unknown: () => 'Failed, and its exit code is not known.',
};

function describeEarlierOom(beforeMs: number | null): string {
  if (beforeMs === null) return '';
  const when = beforeMs < 1_000 ? '' : `, ${describeDuration(beforeMs)} before`;
  return ` A process in it was killed for memory earlier${when}.`;
}

const IMAGE_FAULTS: Readonly<Record<ImageFault, (host: string) => string>> = {
  'wrong-platform': (host) => `it is not built for the platform of ${host}`,
  'no-such-tag': () => 'the registry has no such tag',
  'no-such-repository': () =>
    'the repository does not exist or needs a login (deploy with --with-registry-auth)',
  'login-refused': () => 'the registry refuses the login (deploy with --with-registry-auth)',
  'rate-limit': () => 'the registry allows no more pulls for now',
  'registry-untrusted': (host) => `the registry is not trusted by ${host} (its certificate, or http)`,
  'registry-error': () => 'its registry answers with an error of its own',
  'registry-unreachable': (host) => `its registry cannot be reached from ${host}`,
  'layer-damaged': (host) => `a layer of it came damaged, or cannot be unpacked on ${host}`,
  'old-format': (host) => `it is in a format that the engine of ${host} does not read`,
  'invalid-name': () => 'its name is not valid',
  'part-missing': (host) => `a part of it is missing on ${host}`,
  'not-pulled': (host) => `it is not on ${host} and could not be pulled`,
};

function describeKill({ streak, last }: EndFacts['killed-for-health']): string {
  if (last === null) return 'its health check failed';
  return `${streak} ${streak === 1 ? 'probe' : 'probes in a row'} failed, the last: ${describeProbeResult(last)}`;
}

function describeKillAdvice(facts: EndFacts['killed-for-health']): string | null {
  const { service, never, last } = facts;
  const advice = last === null ? null : describeProbeAdvice(facts);
  if (advice !== null || !never) return advice;
  return `If it only needs longer to start, give it a start period: docker service update --health-start-period TIME ${service}.`;
}

/** STATUS_CONTROL_C_EXIT of Windows: what `docker stop` ends a container with there. */
const WINDOWS_STOP = 0xc000013a;

function describeExitCause(exitCode: number): string {
  if (exitCode === 137) return ': killed from outside';
  if (exitCode === 143 || toUnsigned(exitCode) === WINDOWS_STOP) return ': told to stop from outside';
  if (exitCode === 139) return ': it crashed';
  return '';
}

function describeSaid({ maxPids }: EndFacts['exit-code']): string {
  const limit = maxPids == null ? '' : ` (its limit is ${maxPids})`;
  return `: by its last log lines it could start no more processes${limit}`;
}

/** At a limit of processes a program ends by itself, and nothing but its log says why. */
function describeExitAdvice({ task, exitCode, maxPids }: EndFacts['exit-code']): string {
  const read = describeReadLog(task);
  return maxPids == null || exitCode > 128
    ? read
    : `${read} It is allowed ${formatPlural(maxPids, 'process', 'processes')} (--limit-pids): “can’t fork” means that it wanted more.`;
}

function describeReadLog(task: string): string {
  return `Read its last log lines: docker service logs --tail 50 ${task}.`;
}

function word<C extends EndCause>({ cause, facts }: EndReasonOf<C>): Phrase {
  return ends[cause](facts);
}

/** One end, as it stands in the history: without what Swarm does next. */
export function describeEndReason(reason: EndReason): Phrase {
  return word(reason);
}

function describeNext({ nextAfterMs }: Ended): string {
  if (nextAfterMs === null) return '';
  const delay = nextAfterMs === 0 ? '' : ` after the restart delay of ${describeDuration(nextAfterMs)}`;
  return ` Swarm starts a new one${delay}.`;
}

function withNext<C extends EndCause>(cause: C): (facts: EndFacts[C]) => Phrase {
  return (facts) => {
    const { sentence, hint } = ends[cause](facts);
    return { sentence: `${sentence}${describeNext(facts)}`, hint };
  };
}

function describeLoop({ count, spanMs }: { count: number; spanMs: number | null }, last: EndReason): string {
  const span = spanMs === null ? '' : ` in ${describeDuration(spanMs)}`;
  return `Failed ${count} times${span}, the last time: ${lowerFirst(word(last).sentence)}`;
}

const LOOP_NOW = { down: '', starting: 'Starting again. ', up: 'Up again, for now. ' };

const SURRENDER = {
  'condition-none': 'Swarm does not start it again: its restart condition is none.',
  'exit-0': 'Swarm does not start it again: it ended with exit 0, and its restart condition is on-failure.',
};

const endsWithNext = Object.fromEntries(
  (Object.keys(ends) as EndCause[]).map((cause) => [cause, withNext(cause)]),
) as EndWords;

/** How tasks end, again and again, and for good. */
export const endings = {
  ...endsWithNext,
  'starting-again': ({ last }) => {
    const { sentence, hint } = word(last);
    return { sentence: `Starting again after a failure: ${lowerFirst(sentence)}`, hint };
  },
  'crash-loop': (facts) => ({
    sentence: `${LOOP_NOW[facts.now]}${describeLoop(facts, facts.last)}${describeNext(facts.last.facts)}`,
    hint: word(facts.last).hint,
  }),
  'gave-up': ({ service, loop, last, why }) => {
    const failed = loop === null ? word(last).sentence : describeLoop(loop, last);
    const end =
      typeof why === 'string'
        ? SURRENDER[why]
        : `Swarm gave up: ${why.attempts === 1 ? 'the one restart that its restart policy allows is' : `the ${why.attempts} restarts that its restart policy allows are`} used up.`;
    return {
      sentence: `${failed} ${end}`,
      hint: `When its cause is gone, start it again: docker service update --force ${service}.`,
    };
  },
} satisfies Partial<ReplicaWords>;
