import type { AfterLoss, FindingFacts, Starting } from '#lib/model/contract/finding-facts.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeScheduling } from './placing.ts';
import { describeProbeAdvice, describeProbeResult, describeShell } from './probes.ts';

/** From a node's first work on a task to its first healthy probe. */
export const starting = {
  starting: (facts) => ({ sentence: describeStarting(facts), hint: describeAdvice(facts) }),
  'starting-slow': (facts) => {
    const failed = facts.streak === 0 ? '' : `, failed ${facts.streak} of ${facts.retries} probes`;
    const longest = describeDuration(facts.longestMs);
    return {
      sentence: `Starting for longer than it ever took (${longest} at most until now)${failed}${describeLast(facts)}.`,
      hint: describeAdvice(facts) ?? describeShell(facts.shell),
    };
  },
  'starting-overdue': (facts) => ({
    sentence: `Still not healthy after all the time its health check allows (${describeAllowance(facts)})${describeLast(facts)}.`,
    hint: describeAdvice(facts) ?? describeShell(facts.shell),
  }),
  'health-check-invalid': () => ({
    sentence: 'Its health check is of a kind that Docker does not run, so it will never become healthy.',
    hint: 'The test of its health check has to begin with CMD or CMD-SHELL.',
  }),
  preparing: (facts) => ({ sentence: describePreparing(facts), hint: null }),
  'starting-after-loss': (facts) => {
    const { meanwhile } = facts;
    return {
      sentence: `${describeLoss(facts)} ${describeMeanwhile(meanwhile)}`,
      hint: meanwhile.cause === 'starting' ? describeAdvice(meanwhile.facts) : null,
    };
  },
} satisfies Partial<ReplicaWords>;

function describePreparing({ host, waits }: FindingFacts['preparing']): string {
  return waits
    ? 'Waiting for Swarm to start it: the task before it must stop first, or a delay must pass.'
    : `Being prepared on ${host ?? 'its node'}: image, networks, volumes and container.`;
}

function describeLoss({ host, now }: AfterLoss): string {
  if (host === null || now === 'gone') return 'Lost with its node, which is in the swarm no more.';
  return now === 'down'
    ? `Lost with its node ${host}, which is down, and not up again yet.`
    : `Lost when its node ${host} was away, and not up again yet.`;
}

function describeMeanwhile(meanwhile: AfterLoss['meanwhile']): string {
  switch (meanwhile.cause) {
    case 'starting':
      return describeStarting(meanwhile.facts);
    case 'preparing':
      return describePreparing(meanwhile.facts);
    case 'scheduling':
      return describeScheduling(meanwhile.facts);
  }
}

function describeStarting(facts: Starting): string {
  const { checked, streak, retries, startPeriodMs, last } = facts;
  if (checked === false) return 'Starting.';
  if (streak > 0) return `Starting: failed ${streak} of ${retries} probes${describeLast(facts)}.`;
  if (isFirstProbeFar(facts)) {
    const after = describeDuration(facts.firstProbeAfterMs);
    return `Starting: its first probe runs ${after} after its start, since its interval is ${after}; until then it gets no traffic.`;
  }
  if (last === null) return 'Starting: waiting for its first healthy probe.';
  const period = describeDuration(startPeriodMs);
  return `Starting: not healthy yet${describeLast(facts)}; failures do not count in its start period of ${period}.`;
}

function describeLast({ last }: Starting): string {
  return last === null ? '' : `, last probe: ${describeProbeResult(last)}`;
}

/** Sooner than this a first probe needs no word. */
const FAR_MS = 60_000;

function isFirstProbeFar(facts: Starting): facts is Starting & { firstProbeAfterMs: number } {
  return facts.firstProbeAfterMs !== null && facts.firstProbeAfterMs >= FAR_MS;
}

function describeAdvice(facts: Starting): string | null {
  if (isFirstProbeFar(facts))
    return `To have it probed sooner, from Docker 25 on: docker service update --health-start-period TIME --health-start-interval 5s ${facts.service}.`;
  return facts.last === null ? null : describeProbeAdvice(facts);
}

function describeAllowance({ startPeriodMs, retries, intervalMs }: FindingFacts['starting-overdue']): string {
  const probes = `${retries} ${retries === 1 ? 'probe' : 'probes'} every ${describeDuration(intervalMs)}`;
  return startPeriodMs > 0 ? `start period ${describeDuration(startPeriodMs)}, then ${probes}` : probes;
}
