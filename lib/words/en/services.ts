import type { AffectedReplicas, ServiceStatement } from '#lib/model/contract/statement.ts';
import type { Leftovers, ReplicaPlace, RunningBuild } from '#lib/model/contract/subject-facts.ts';
import type { CheckSlowness } from '#lib/model/docker/health-check.ts';
import type { CheckFlaw } from '#lib/model/docker/probe-clue.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';
import type { FindingWords } from '#lib/words/words.ts';
import { formatPlural, joinFew, joinNames } from './lists.ts';
import { describeNodeReasons, describeRemedy } from './placing.ts';
import { ofServices } from './ports.ts';
import { describeClue } from './probes.ts';
import { describeUpdate } from './updates.ts';

const MAX_CONSTRAINTS = 5;

/** What can be wrong with a service beyond its replicas. */
export const services: FindingWords['service'] = {
  ...ofServices,
  'update-paused': ({ service, update }) => ({
    sentence: describeUpdate(update) ?? '',
    hint: `Go back with docker service rollback ${service}, or correct it and update it again.`,
  }),
  'rollback-paused': ({ service, update }) => ({
    sentence: describeUpdate(update) ?? '',
    hint: `Correct it and update it again: docker service update ${service}.`,
  }),
  'update-rolled-back': ({ service, update }) => ({
    sentence: describeUpdate(update) ?? '',
    hint: `See why its tasks failed: docker service ps --no-trunc ${service}.`,
  }),
  'update-stuck': ({ service, update, held }) => {
    // Begun again in the same order, it would only wait again. What is going back cannot go back: it would come again.
    const again = `Have Swarm begin again with docker service update ${held ? '--update-order stop-first' : '--force'} ${service}`;
    const isRollback = update.kind === 'stuck' && update.what === 'rollback';
    return {
      sentence: describeUpdate(update) ?? '',
      hint: isRollback ? `${again}.` : `${again}, or go back with docker service rollback ${service}.`,
    };
  },
  'update-unclosed': ({ update }) => ({ sentence: describeUpdate(update) ?? '', hint: null }),
  'task-lingering': ({ service, count, hosts, oldest, ageMs }) => {
    const where = nameHosts(hosts);
    const [who, them] =
      count === 1
        ? [`1 old replica was told to stop ${describeAge(ageMs)} ago and still runs on ${where}`, 'it']
        : [
            `${count} old replicas were told to stop, the first ${describeAge(ageMs)} ago, and still run on ${where}`,
            'them',
          ];
    return {
      sentence: `${who}; requests to ${service} may still reach ${them}.`,
      hint: `${adviseRemoval(oldest)} If that hangs, restart the engine there: systemctl restart docker.`,
    };
  },
  'drain-ignored': ({ service, count, hosts, oldest, ageMs }) => ({
    sentence: `${nameHosts(hosts)} ${hosts.length === 1 ? 'is' : 'are'} drained, and Swarm still has ${formatPlural(count, 'replica')} of ${service} run there, for ${describeAge(ageMs)}: the managers do not act on the drain, and who takes the node away takes ${count === 1 ? 'it' : 'them'} along.`,
    hint:
      oldest.host === null
        ? null
        : `Drain it again: docker node update --availability active ${quoteShell(oldest.host)}, then --availability drain. If that moves nothing, have another manager lead: docker node demote the leader.`,
  }),
  'container-forgotten': ({ service, count, hosts, oldest }) => ({
    sentence:
      count === 1
        ? `A forgotten container of ${namePlace(service, oldest)} still runs on ${nameHosts(hosts)} (${oldest.container}): Swarm does not know it; it may hold a port, a volume or an address.`
        : `${count} forgotten containers of ${service} still run on ${nameHosts(hosts)}: Swarm does not know them; each may hold a port, a volume or an address.`,
    hint: adviseRemoval(oldest),
  }),
  'copy-running': ({ service, count, hosts, oldest, healthy }) => ({
    sentence:
      count === 1
        ? `Swarm counts ${namePlace(service, oldest)} on ${nameHosts(hosts)} as lost; its container still runs${healthy ? ' healthy' : ''} there, besides its replacement: two copies.`
        : `Swarm counts ${count} replicas on ${nameHosts(hosts)} as lost; their containers still run there, besides their replacements: two copies of each.`,
    hint: `Mend the network between ${oldest.host ?? 'its node'} and the managers (TCP port 2377), or end the old one: ${adviseRemoval(oldest)}`,
  }),
  'slot-doubled': ({ service, slot, hosts, tasks, more, surplus }) => {
    if (surplus !== null)
      return {
        sentence: `Swarm has had ${formatPlural(tasks, 'replica')} of ${service} run for ${describeAge(surplus.ageMs)}, where ${surplus.wanted} ${surplus.wanted === 1 ? 'is' : 'are'} wanted: the managers do not act on that.`,
        hint: `Scale it again: docker service scale ${service}=${surplus.wanted}. If that moves nothing, have another manager lead: docker node demote the leader.`,
      };
    const where = joinNames(hosts);
    const place = slot === null ? `on ${where}` : `as replica ${slot}, on ${where}`;
    const others =
      more === 0 ? '' : ` ${formatPlural(more, 'other place')} ${more === 1 ? 'has' : 'have'} the same.`;
    return {
      sentence: `Swarm has ${tasks} tasks of ${service} ${place}, where one is wanted.${others}`,
      hint: `Have Swarm sort it out: docker service update --force ${service}.`,
    };
  },
  'version-old': ({ service, count, place, image, wanted, ageMs }) => ({
    sentence: `Swarm sees nothing to update, and ${count === 1 ? nameReplica(place) : `${count} replicas`} ${count === 1 ? 'runs' : 'run'} ${image}, where ${wanted} has been wanted for ${describeAge(ageMs)}.`,
    hint: `Have Swarm update it again: docker service update --force ${service}.`,
  }),
  'ports-ungiven': ({ service, ports, count, ageMs }) => ({
    sentence: `Swarm has not published port ${joinNames(ports)}${count > ports.length ? ` and ${formatPlural(count - ports.length, 'more port')}` : ''} of it, which its spec has asked for for ${describeAge(ageMs)}: nothing leads there.`,
    hint: `Does another service have ${count === 1 ? 'that port' : 'one of them'}, or is the network ingress missing? Else have Swarm allocate again: docker service update --force ${service}.`,
  }),
  'tasks-unlisted': ({ ageMs }) => ({
    sentence: `No manager has listed its tasks for ${describeAge(ageMs)}, so what Swarm made or stopped since is not known.`,
    hint: null,
  }),
  'mode-unknown': ({ word }) => ({
    sentence: `Swarm runs it in a mode that this version does not know${word === null ? '' : ` (${word})`}: how many replicas it should have is not known.`,
    hint: null,
  }),
  'update-unknown': ({ words }) => ({
    sentence: describeUpdate({ kind: 'unknown', words }) ?? '',
    hint: null,
  }),
  'no-node-fits': (facts) => ({
    sentence: `No node takes it${describeNodeReasons(facts.reasons, facts.wants)}.`,
    hint:
      describeRemedy(facts) ??
      (facts.wants.constraints.length === 0
        ? null
        : `Its constraints: ${facts.wants.constraints.slice(0, MAX_CONSTRAINTS).join(', ')}.`),
  }),
  'builds-differ': ({ service, image, builds, count }) => ({
    sentence: `Its replicas run ${count} different builds under the name ${image}: ${joinFew(builds.map(describeBuild), 'builds')}.`,
    hint: `Give each build a tag of its own, or let Swarm look up the newest for all: docker service update --force --image ${image} ${service}.`,
  }),
  'check-missing': ({ like }) => ({
    sentence:
      like.kind === 'image'
        ? `It has no health check, and ${like.service} has one for the same image (${like.image}).`
        : `It has no health check, and the ${like.services} other services of the stack ${like.stack} have one.`,
    hint: 'Whatever is wrong with it, it counts as running as long as its process does: docker service update --health-cmd sets a check.',
  }),
  'slo-unreadable': () => ({
    sentence: 'Its label vitals.slo is no target: reports hold it against none.',
    hint: 'Write it as a number from 50 to below 100, such as vitals.slo=99.9, without a percent sign.',
  }),
  'check-flawed': ({ flaw }) => describeFlaw(flaw),
  'check-slow': ({ service, slowness }) => describeSlowness(service, slowness),
  'probe-complains': ({ count, place }) => ({
    sentence: `${count === 1 ? `The last probe of ${nameReplica(place)}` : `The last probes of ${count} replicas`} passed and printed an error.`,
    hint: 'Does the check fail when what it asks for is not there? See its output.',
  }),
  'process-out-of-memory': ({ count, place }) => ({
    sentence: `${count === 1 ? `A process of ${nameReplica(place)} was` : `Processes of ${count} replicas were`} killed for memory, and the container runs on.`,
    hint: 'Raise its memory limit, or let it use less: what that process did is not done.',
  }),
  'node-left-out': ({ service, count, hosts, job }) => {
    const on = `${joinNames(hosts)}${count > hosts.length ? ` and ${formatPlural(count - hosts.length, 'more node')}` : ''}`;
    const again = `docker service update --force ${service}`;
    switch (job) {
      case null:
        return {
          sentence: `Swarm runs no replica on ${on}, though one should run there.`,
          hint: `Have Swarm look at its nodes again: ${again}.`,
        };
      case 'missed':
        return {
          sentence: `Swarm has not run it to its end on ${on}, though it should run on each node.`,
          hint: `Run all of it again: ${again}.`,
        };
      case 'begun':
        return {
          sentence: `It has not run on ${on}, which came, or was changed, after it began. Swarm runs it there only when it looks at the job again, as with a new leader.`,
          hint: `Run all of it again: ${again}.`,
        };
    }
  },
  'others-done': ({ service, done, running, condition }) => ({
    sentence: `${formatPlural(done, 'replica')} of it ended with exit 0 and ${running === 1 ? 'one runs' : `${running} run`} on: as it should be where each does its work once.`,
    hint: `Swarm starts none again that ends so, since its restart condition is ${condition}. If it is to serve: docker service update --restart-condition any ${service}; if not, a job (--mode replicated-job) says so.`,
  }),
  'replicas-missing': ({ service, job }) =>
    job === null
      ? { sentence: 'Swarm has not made all of its replicas.', hint: null }
      : {
          sentence: `Swarm makes no more tasks of it, though only ${job.done} of ${job.total} ${job.done === 1 ? 'is' : 'are'} done.`,
          hint: `Swarm looks at it again when another manager becomes the leader. To run all of it again now: docker service update --force ${service}.`,
        },
};

/** What a check that passes may hide, and what to do about it. */
function describeFlaw(flaw: CheckFlaw): { sentence: string; hint: string } {
  switch (flaw.kind) {
    case 'never-fails':
      return {
        sentence: `Its health check cannot fail: it ends in “${flaw.word}”.`,
        hint: 'Whatever goes wrong before that, it passes. End it in || exit 1.',
      };
    case 'asks-nothing':
      return {
        sentence: `Its health check proves nothing: it is “${flaw.word}”, which always passes.`,
        hint: 'Ask the app itself, such as curl -fsS http://127.0.0.1:PORT/ || exit 1; without anything to ask, --no-healthcheck is honest.',
      };
    case 'errors-pass':
      return {
        sentence: 'Its health check passes for an answer of 500, too: curl is asked without -f.',
        hint: 'curl takes an error page for an answer like any other: add -f (--fail).',
      };
    default:
      return { sentence: 'Its health check passes, but is written wrongly.', hint: describeClue(flaw) };
  }
}

function describeSlowness(service: string, slowness: CheckSlowness): { sentence: string; hint: string } {
  if (slowness.kind === 'starting')
    return {
      sentence: `A start that hangs is not noticed for ${describeDuration(slowness.startPeriodMs)}: so long is the start period of its health check.`,
      hint: `Docker counts no failed probe before. Give it what a slow start takes: docker service update --health-start-period TIME ${service}.`,
    };
  const { withinMs, intervalMs, retries } = slowness;
  const probes = retries === 1 ? 'one failed probe' : `${retries} failed probes in a row`;
  return {
    sentence: `If it hangs, Docker may notice only after ${describeDuration(withinMs)}: its health check waits for ${probes}, and ${describeDuration(intervalMs)} before each.`,
    hint: `Until then it counts as healthy. Probe it more often: docker service update --health-interval 30s ${service}.`,
  };
}

function describeBuild({ id, count, first }: RunningBuild): string {
  return count === 1 ? `${id} in ${nameReplica(first)}` : `${id} in ${count} replicas`;
}

function nameReplica({ slot, host }: ReplicaPlace): string {
  if (slot === null) return `the replica on ${host ?? 'a node that is gone'}`;
  return host === null ? `replica ${slot}` : `replica ${slot} on ${host}`;
}

function nameHosts(hosts: Leftovers['hosts']): string {
  return joinFew(
    hosts.map((host) => host ?? 'a node that is gone'),
    'nodes',
  );
}

function namePlace(service: string, { slot }: Leftovers['oldest']): string {
  return slot === null ? service : `${service}.${slot}`;
}

function adviseRemoval({ host, container }: Leftovers['oldest']): string {
  return `On ${host ?? 'its node'}: docker rm -f ${container ?? 'CONTAINER'}.`;
}

/** A service in one sentence, or a few short ones: why it has its verdict. */
export function describeService(statement: ServiceStatement): string {
  const { verdict, desired, affected, problems, notices } = statement;
  const waiting = statement.waiting === null ? null : WAITING[statement.waiting];
  switch (verdict) {
    case 'down':
      return affected === null
        ? join(describeMissing(statement), ...problems)
        : join(
            desired === 1 ? null : `None of ${desired} replicas is up.`,
            describeAffected(affected),
            waiting,
          );
    case 'degraded':
      return (
        join(...problems, describeAffected(affected), problems.length > 0 ? null : waiting) ||
        describeMissing(statement)
      );
    case 'pending':
      return join(
        describeAffected(affected) ?? (problems.length > 0 ? null : 'Its replicas wait for a node.'),
        ...problems,
        waiting,
      );
    case 'failing':
      return describeAffected(affected) ?? 'Probes fail.';
    case 'unknown':
      // What is not known stands first: where a part of it has room, that is said.
      return (
        (affected === null
          ? join(...notices, desired > 0 ? describeUp(statement) : null)
          : join(describeAffected(affected), ...notices)) || 'Its health is not known.'
      );
    case 'updating':
      return describeChange(statement);
    case 'starting':
      return describeStart(statement);
    case 'running':
    case 'healthy':
      return join(describeUp(statement), ...notices);
    case 'idle':
      return join(describeIdle(statement), ...notices);
  }
}

const WAITING = {
  update: 'The update waits for it without end.',
  rollback: 'The rollback waits for it without end.',
};

/** `Replica 2 on docker03: failed 2 of 3 probes. 1 more replica needs attention.` */
function describeAffected(affected: AffectedReplicas | null): string | null {
  if (affected === null) return null;
  const { places, status, sentence, others } = affected;
  const said = sentence === null ? `${status}.` : lowerFirst(sentence);
  // Docker's words may end without one.
  const what = others === 0 || /[.:!?]$/.test(said) ? said : `${said}.`;
  const more =
    others === 0 ? '' : ` ${formatPlural(others, 'more replica needs', 'more replicas need')} attention.`;
  return `${namePlaces(places)}: ${what}${more}`;
}

function namePlaces(places: AffectedReplicas['places']): string {
  const [first] = places;
  if (first === undefined || places.length > 3) return `${places.length} replicas`;
  const { slot, host, key } = first;
  if (slot === null) {
    const hosts = joinNames(places.map((place) => place.host ?? place.key));
    return places.length === 1 ? `The replica on ${host ?? key}` : `The replicas on ${hosts}`;
  }
  if (places.length > 1) return `Replicas ${joinNames(places.map((place) => String(place.slot)))}`;
  return host === null ? `Replica ${slot}` : `Replica ${slot} on ${host}`;
}

function describeChange({ desired, running, statuses, update }: ServiceStatement): string {
  if (desired === 0)
    return `Scaled to 0: ${formatPlural(statuses.stopping ?? 0, 'replica is', 'replicas are')} stopping.`;
  return join(
    (update && describeUpdate(update)) ?? 'It is being changed.',
    `${running} of ${formatPlural(desired, 'replica is', 'replicas are')} up.`,
  );
}

function describeStart({ kind, desired, affected }: ServiceStatement): string {
  if (affected === null)
    return kind === 'replicated' ? 'Swarm is making its replicas.' : 'Swarm is making its tasks.';
  if (affected.others === 0) return describeAffected(affected) ?? '';
  return `${affected.places.length + affected.others} of ${formatPlural(desired, 'replica')} are starting.`;
}

function describeUp({ kind, desired, running, completed, statuses }: ServiceStatement): string {
  if (kind === 'job') return `${completed ?? 0} of ${desired} completed, ${running} running.`;
  const { running: unchecked = 0, complete: finished = 0, healthy = 0, failing = 0 } = statuses;
  if (failing > 0 && desired === 1) return 'Its replica is up; its last probe failed.';
  if (unchecked + finished + failing === 0)
    return desired === 1 ? 'Its replica is healthy.' : `All ${desired} replicas are healthy.`;
  if (finished + failing === 0 && unchecked >= desired) {
    return desired === 1
      ? 'Its replica runs; it has no health check.'
      : `All ${desired} replicas run; they have no health check.`;
  }
  const parts = [`${healthy} of ${formatPlural(desired, 'replica')} are healthy`];
  if (failing > 0) parts.push(`${failing} failed ${failing === 1 ? 'its last probe' : 'their last probes'}`);
  if (unchecked > 0) parts.push(`${formatPlural(unchecked, 'runs', 'run')} without a health check`);
  if (finished > 0) parts.push(`${finished} finished with exit 0`);
  return `${parts.join(', ')}.`;
}

function describeIdle({ scaledToZero, desired, completed }: ServiceStatement): string {
  if (scaledToZero) return 'Scaled to 0.';
  if (completed !== null) return `Finished: ${completed} of ${desired} completed.`;
  if (desired === 0) return 'No node takes it.';
  return desired === 1
    ? 'Its replica has finished with exit 0.'
    : `All ${desired} replicas have finished with exit 0.`;
}

function describeMissing({ kind, running, desired, completed }: ServiceStatement): string {
  if (kind === 'job' && completed === 0 && running === 0) return 'Swarm has made none of its tasks.';
  if (running === 0 && desired === 1) return 'Swarm has not made its replica.';
  if (running === 0) return `Swarm has made none of its ${desired} replicas.`;
  return `Only ${running} of ${formatPlural(desired, 'replica')} are up: Swarm has not made the others.`;
}

function join(...sentences: (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== '').join(' ');
}
