import type { ReasonAge } from '#lib/model/contract/finding-facts.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { ReplicaWords } from '#lib/words/words.ts';
import { describeExit } from './exit.ts';

const at = (host: string | null) => host ?? 'its node';
const force = (service: string) => `docker service update --force ${service}`;
const look = (host: string | null, service: string) =>
  `Look on ${at(host)}: journalctl -u docker. When that is mended, or to try another node: ${force(service)}.`;

/** States that last for longer than they should, and what is old. */
export const late = {
  'allocating-stuck': ({ ageMs }) => ({
    sentence: `Swarm has not given it an address for ${describeAge(ageMs)}, and gives no reason: no address is left in its networks, one of them is missing, or the managers are overloaded.`,
    hint: 'See whether its networks are there, with addresses left: docker network ls, docker network inspect --verbose NETWORK. Containers that joined an attachable one by hand have addresses, too. The leader says more: journalctl -u docker.',
  }),
  'scheduling-stuck': ({ ageMs }) => ({
    sentence: `Swarm has not chosen a node for ${describeAge(ageMs)}, and gives no reason: the managers are overloaded, or their scheduler hangs.`,
    hint: 'Look at the leader: its load, and journalctl -u docker.',
  }),
  'assigned-stuck': ({ service, host, ageMs }) => ({
    sentence: `Given to ${at(host)} ${describeAge(ageMs)} ago, which has not begun with it: its engine is overloaded or hangs.`,
    hint: look(host, service),
  }),
  'preparing-stuck': ({ service, host, ageMs }) => ({
    sentence: `Being prepared on ${at(host)} for ${describeAge(ageMs)}: a pull, a network or a volume hangs there.`,
    hint: look(host, service),
  }),
  'waiting-stuck': ({ service, ageMs }) => ({
    sentence: `It has waited for ${describeAge(ageMs)} for Swarm to start it, longer than its restart delay and the end of the task before it take.`,
    hint: `Have it started anew: ${force(service)}.`,
  }),
  'starting-stuck': ({ service, host, ageMs }) => ({
    sentence: `Its container has not started on ${at(host)} for ${describeAge(ageMs)}: the engine or its runtime hangs there.`,
    hint: look(host, service),
  }),
  'start-missed': ({ service, host, checked, ageMs }) => ({
    sentence: `Its container ${checked ? 'is healthy' : 'runs'} on ${at(host)}, but Swarm has missed that, and has waited for it for ${describeAge(ageMs)}: it gets no traffic.`,
    hint: `Have it started anew: ${force(service)}.`,
  }),
  'stopping-stuck': ({ host, container, graceMs, ageMs }) => ({
    sentence: `It was told to stop ${describeAge(ageMs)} ago and is still there on ${at(host)}, beyond its stop grace of ${describeDuration(graceMs)}: the engine or its runtime cannot stop it.`,
    hint: `On ${at(host)}: docker rm -f ${container ?? 'CONTAINER'}. If that hangs, restart its engine: systemctl restart docker.`,
  }),
  'container-missing': ({ service, host, seen, exitCode, state, ageMs }) => ({
    sentence: {
      nothing: `The engine of ${at(host)} has no container of it, though Swarm says that it runs.`,
      created: `The engine of ${at(host)} never started its container, though Swarm says that it runs.`,
      ended: `Its container on ${at(host)} ended ${describeAge(ageMs)} ago${exitCode === null ? '' : ` with ${describeExit(exitCode)}`}, though Swarm says that it ${BY_SWARM[state]}: Swarm has missed that, and starts no other.`,
    }[seen],
    hint: `Have it started anew: ${force(service)}.`,
  }),
  'node-gone': ({ service, node, state }) => ({
    sentence: `Lost: its node ${node} is no longer in the swarm, and Swarm still says that it ${BY_SWARM[state]}.`,
    hint: `Have Swarm replace it: ${force(service)}.`,
  }),
  'probe-overdue': ({ service, host, container, intervalMs, ageMs }) => ({
    sentence: `No probe for ${describeAge(ageMs)}${intervalMs === null ? '' : ` though one is due every ${describeDuration(intervalMs)}`}: its health is not known.`,
    hint: `Look on ${at(host)}: where the runtime hangs, docker exec ${container ?? 'CONTAINER'} true hangs too. Start it anew: ${force(service)}.`,
  }),
} satisfies Partial<ReplicaWords>;

const BY_SWARM = { runs: 'runs', starts: 'starts', 'is-prepared': 'is being prepared' } as const;

/** ` Swarm said so 3 h ago: it may no longer hold.`; empty where the reason is new. */
export function describeReasonAge(age: ReasonAge | null): string {
  if (age === null) return '';
  const now =
    age.room !== null
      ? `by what is reserved now, ${age.room} has room for it`
      : age.fits !== null
        ? `${age.fits} meets its constraints now`
        : 'it may no longer hold';
  return ` Swarm said so ${describeAge(age.ageMs)} ago: ${now}.`;
}
