import type { LostNodes, QuorumStatement, SwarmStatement } from '#lib/model/contract/statement.ts';
import type { ServerCase } from '#lib/model/contract/subject-facts.ts';
import { isFullByCount } from '#lib/model/findings/address-shortage.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { describeDuration } from '#lib/model/text/describe-duration.ts';
import type { FindingWords } from '#lib/words/words.ts';
import { formatPlural, joinNames } from './lists.ts';
import { describeSwarmError } from './managers.ts';
import { describeAddressRemedy, describeAddressUse, nameNetwork } from './placing.ts';
import { ofSwarm } from './ports.ts';
import { adviseRegistry, nameServices } from './roots.ts';

const LIST_COMMANDS = { nodes: 'docker node ls', services: 'docker service ls', tasks: 'docker service ps' };

/** What can be wrong with the swarm as a whole. */
export const swarms: FindingWords['swarm'] = {
  ...ofSwarm,
  'source-lost': ({ error }) => ({
    sentence: `The server that this swarm is read from cannot be read: ${error}`,
    hint: 'How the swarm is now is not known here until it can. The server itself may show it.',
  }),
  'managers-unreachable': ({ error, list }) =>
    list === null
      ? { sentence: `Docker cannot be reached: ${error ?? 'no manager answers'}`, hint: null }
      : {
          sentence: `A manager answers, and does not list its ${list}: ${(error ?? '').replace(/\.\s*$/, '')}`,
          hint: `What is shown of the swarm is as old as that. On a manager: ${LIST_COMMANDS[list]}.`,
        },
  'networks-unlisted': ({ error, ageMs }) => ({
    sentence: `The swarm’s networks ${ageMs === null ? 'cannot be listed' : `have not been listed for ${describeAge(ageMs)}`}: ${error.replace(/\.\s*$/, '')}`,
    hint: 'Which addresses are left in them is not known until they are. On a manager: docker network ls.',
  }),
  'swarm-error': ({ error, words }) => ({
    sentence:
      error === null ? `The swarm is not managed: ${words.replace(/\.\s*$/, '')}` : describeSwarmError(error),
    hint: null,
  }),
  'no-quorum': () => ({ sentence: describeSwarmError('no-quorum'), hint: null }),
  'none-leads': () => ({
    sentence:
      'None of the managers that are reachable leads, by their own list: what runs goes on running, but until one does Swarm replaces, updates and schedules nothing',
    hint: null,
  }),
  'quorum-edge': (quorum) => ({ sentence: describeQuorum(quorum), hint: null }),
  'quorum-lost': (quorum) => ({ sentence: describeQuorum(quorum), hint: null }),
  'name-server-unreached': ({ server, nodes, services, others }) => ({
    sentence: `The name server ${server} does not answer ${formatPlural(nodes, 'node')}: ${nameServices(services)} cannot start there.${nameOthers(others)}`,
    hint: `Does ${server} answer? Until it does, nothing that is told by a name can be reached.`,
  }),
  'log-server-unreached': ({ server, nodes, services, others }) => ({
    sentence: `The log server ${server} is not reached from ${formatPlural(nodes, 'node')}: ${nameServices(services)} cannot start there.${nameOthers(others)}`,
    hint: `Does ${server} answer? Until it does, no container that logs there can start.`,
  }),
  'volume-server-unreached': ({ server, nodes, services, others }) => ({
    sentence: `The file server ${server} is not reached from ${formatPlural(nodes, 'node')}: ${nameServices(services)} cannot start there.${nameOthers(others)}`,
    hint: `Does ${server} answer? Until it does, no volume of it can be mounted.`,
  }),
  'registry-unpulled': ({ server, nodes, services, others }) => ({
    sentence: `Images of ${server} could not be pulled on ${formatPlural(nodes, 'node')}: ${nameServices(services)} cannot start there.${nameOthers(others)}`,
    hint: adviseRegistry(server),
  }),
  'address-doubled': ({ address, tasks, count, more }) => ({
    sentence: `${formatPlural(count, 'task')} have the address ${address} (${joinNames(tasks.map(nameTask))}${count > tasks.length ? ', …' : ''}): what is sent to one may reach another.${more === 0 ? '' : ` So it is with ${formatPlural(more, 'more address', 'more addresses')}.`}`,
    hint: `Have Swarm give new ones: docker service update --force ${tasks[0]?.service ?? 'SERVICE'}.`,
  }),
  'addresses-gone': (facts) => ({
    sentence: `${isFullByCount(facts) ? 'No' : 'Perhaps no'} address is left in the network ${nameNetwork(facts)}: ${describeAddressUse(facts)}. ${
      facts.waiting === 0
        ? 'Nothing more can start on it'
        : `${formatPlural(facts.waiting, 'task')} ${facts.waiting === 1 ? 'waits' : 'wait'}${isFullByCount(facts) ? ' for one' : ', perhaps for one'}`
    }${facts.more === 0 ? '.' : `; so it is with ${formatPlural(facts.more, 'more network')}.`}`,
    hint: describeAddressRemedy(facts),
  }),
  'addresses-few': (facts) => ({
    sentence: `${facts.left === 1 ? 'One address is' : `${facts.left} addresses are`} left of ${facts.size} in the network ${nameNetwork(facts)}: a deploy or one more node may not find enough (${nameServices(facts.services)}).${facts.more === 0 ? '' : ` So it is with ${formatPlural(facts.more, 'more network')}.`}`,
    hint: describeAddressRemedy(facts),
  }),
  'failing-together': ({ replicas, services, nodes, withinMs }) => ({
    sentence: `${formatPlural(replicas, 'replica')} of ${nameServices(services)} on ${formatPlural(nodes, 'node')} began to fail within ${describeDuration(withinMs)}, and no node explains it.`,
    hint: 'What do they share? A database, a name server, a network or an image; and what changed just before.',
  }),
  'nodes-left': ({ count, firstHost, ids }) => ({
    sentence: `${count === 1 ? `${firstHost} has` : `${count} nodes have`} been down for more than a day: services that run on every node are not expected there any more.`,
    hint: `If gone for good: docker node rm ${ids.join(' ')}${count > ids.length ? ' …' : ''}.`,
  }),
  'root-rotating': ({ nodes, left }) => ({
    sentence: `The swarm’s root certificate is being changed${describeRotation(nodes, left)}.`,
    hint:
      left === null || left.down.length === 0
        ? 'docker swarm ca --rotate began it. On a manager, docker swarm ca shows the new one.'
        : `It does not end before each node has one: bring it back, or, if gone for good: docker node rm ${left.down.join(' ')}.`,
  }),
};

function nameTask({
  service,
  slot,
  host,
}: {
  service: string;
  slot: number | null;
  host: string | null;
}): string {
  const name = slot === null ? service : `${service}.${slot}`;
  return host === null ? name : `${name} on ${host}`;
}

/** How far it is, as far as that is known. */
function describeRotation(
  nodes: number,
  left: { count: number; hosts: string[]; down: string[] } | null,
): string {
  if (left === null) return '';
  const names = `${joinNames(left.hosts)}${left.count > left.hosts.length ? ', …' : ''}`;
  const down =
    left.down.length === 0
      ? ''
      : `; ${left.down.length} of them ${left.down.length === 1 ? 'is' : 'are'} down`;
  return `: ${left.count} of ${formatPlural(nodes, 'node')} ${left.count === 1 ? 'has' : 'have'} no certificate of the new one yet (${names}${down})`;
}

const EDGE = 'one more loss and the swarm cannot be changed';

function nameOthers({ count, servers }: ServerCase['others']): string {
  if (count === 0) return '';
  const more = count > servers.length ? ` and ${formatPlural(count - servers.length, 'more server')}` : '';
  return ` Nor ${count === 1 ? 'is' : 'are'} ${joinNames(servers)}${more}.`;
}

/** How far the managers are from losing the swarm. */
export function describeQuorum({ state, managers, reachable, needed, error }: QuorumStatement): string {
  if (error !== null) return `The swarm cannot be changed now: ${error}`;
  const of = `${reachable} of ${managers} managers reachable`;
  switch (state) {
    case 'unknown':
      return managers === 0
        ? 'No manager is known.'
        : `${of}, the others are not known: whether ${needed} are there cannot be told`;
    case 'lost':
      return `${of}, ${needed} are needed: the swarm cannot be changed, and nothing that dies is replaced`;
    case 'single':
      return 'The only manager is reachable: without it, nothing can be changed';
    case 'edge':
      return managers === 2 ? `Both managers reachable: ${EDGE}` : `${of}: ${EDGE}`;
    case 'safe': {
      const margin = reachable - needed;
      return `${of}: ${margin === 1 ? 'one more' : `${margin} more`} may be lost`;
    }
  }
}

/** The whole swarm in one sentence. */
export function describeSwarm(statement: SwarmStatement): string {
  switch (statement.kind) {
    case 'waiting':
      return 'Waiting for the first answer of Docker.';
    case 'all-silenced':
      return 'All that is wrong is silenced.';
    case 'not-ok': {
      const { services, down, cutOff, unread, impaired, follows } = statement;
      const parts = [
        services && describeServices(services),
        down && describeDown(down),
        cutOff && describeCutOff(cutOff),
        unread && describeUnread(unread),
        impaired?.sentence == null && impaired && describeImpaired(impaired),
      ].filter((part) => typeof part === 'string');
      // What explains others comes before them.
      const root = impaired?.sentence?.replace(/\.$/, '') ?? null;
      const rest = root === null ? capitalise(parts.join(', ')) : parts.join(', ');
      return [root, rest, follows].filter((part) => part !== null && part !== '').join('; ');
    }
    case 'ok':
      return describeOk(statement);
  }
}

function describeServices({ count, first }: { count: number; first: string }): string {
  return count === 1 ? `${first} needs attention` : `${count} services need attention`;
}

function describeDown({ count, firstHost, replicas }: LostNodes): string {
  const who = count === 1 ? `${firstHost} is down` : `${count} nodes are down`;
  // More may have been on it, and be up elsewhere by now.
  return replicas === 0
    ? who
    : `${who}: ${formatPlural(replicas, 'replica')} ${replicas === 1 ? 'is' : 'are'} missing`;
}

function describeCutOff({ count, firstHost }: LostNodes): string {
  return count === 1
    ? `${firstHost} is down for Swarm, but its engine answers`
    : `${count} nodes are down for Swarm, but their engines answer`;
}

function describeImpaired({ count, firstHost }: LostNodes): string {
  return count === 1 ? `${firstHost} needs attention` : `${count} nodes need attention`;
}

function describeUnread({ count, firstHost, replicas }: LostNodes): string {
  const who = count === 1 ? `the engine of ${firstHost}` : `the engines of ${count} nodes`;
  return replicas === 0
    ? `${who} cannot be read`
    : `${who} cannot be read: the health of ${formatPlural(replicas, 'replica')} is not known`;
}

/** The first word, unless it is a name: service names and hostnames stay as they are. */
function capitalise(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

function describeOk({ services, state, changing, change }: Extract<SwarmStatement, { kind: 'ok' }>): string {
  if (services === 0) return 'No services yet';
  if (services === 1) return `The one service is ${changing === 0 ? state : change}`;
  return changing === 0
    ? `All ${services} services are ${state}`
    : `No service needs attention, ${changing} ${change}`;
}
