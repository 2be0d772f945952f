import type { LostNodes, SwarmStatement } from '#lib/model/contract/statement.ts';

/** The whole swarm in one sentence. */
export function saySwarm(statement: SwarmStatement): string {
  switch (statement.kind) {
    case 'waiting':
      return 'Waiting for the first answer of Docker.';
    case 'not-ok': {
      const { services, down, cutOff, unread, troubled } = statement;
      const parts = [
        services && sayServices(services),
        down && sayDown(down),
        cutOff && sayCutOff(cutOff),
        unread && sayUnread(unread),
        troubled && sayTroubled(troubled),
      ].filter((part) => part !== null);
      return capitalise(parts.join(', '));
    }
    case 'ok':
      return sayOk(statement);
  }
}

function sayServices({ count, first }: { count: number; first: string }): string {
  return count === 1 ? `${first} needs attention` : `${count} services need attention`;
}

function sayDown({ count, firstHost, replicas }: LostNodes): string {
  const who = count === 1 ? `${firstHost} is down` : `${count} nodes are down`;
  return replicas === 0 ? who : `${who} and took ${sayReplicas(replicas)} along`;
}

function sayCutOff({ count, firstHost }: LostNodes): string {
  return count === 1
    ? `${firstHost} is down for Swarm, but its engine answers`
    : `${count} nodes are down for Swarm, but their engines answer`;
}

function sayTroubled({ count, firstHost }: LostNodes): string {
  return count === 1 ? `${firstHost} needs attention` : `${count} nodes need attention`;
}

function sayUnread({ count, firstHost, replicas }: LostNodes): string {
  const who = count === 1 ? `the engine of ${firstHost}` : `the engines of ${count} nodes`;
  return replicas === 0
    ? `${who} cannot be read`
    : `${who} cannot be read: the health of ${sayReplicas(replicas)} is not known`;
}

function sayReplicas(count: number): string {
  return count === 1 ? '1 replica' : `${count} replicas`;
}

/** The first word, unless it is a name: service names and hostnames stay as they are. */
function capitalise(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

function sayOk({ services, state, changing, change }: Extract<SwarmStatement, { kind: 'ok' }>): string {
  if (services === 0) return 'No services yet';
  if (services === 1) return `The one service is ${changing === 0 ? state : change}`;
  return changing === 0
    ? `All ${services} services are ${state}`
    : `No service needs attention, ${changing} ${change}`;
}
