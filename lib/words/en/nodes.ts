import type { NodeRootCause } from '#lib/model/contract/root-facts.ts';
import type { EngineGap } from '#lib/model/contract/statement.ts';
import type { ContainersOnNode } from '#lib/model/contract/subject-facts.ts';
import type { AgentGap } from '#lib/model/docker/agents.ts';
import { describeAge } from '#lib/model/text/describe-age.ts';
import { lowerFirst } from '#lib/model/text/lower-first.ts';
import { quoteShell } from '#lib/model/text/quote-shell.ts';
import type { FindingWords } from '#lib/words/words.ts';
import { joinFew, joinNames } from './lists.ts';
import { ofNodes } from './ports.ts';

const inBrackets = (message: string | null) => (message === null ? '' : ` (${message})`);

/** What can be wrong with a node. */
export const nodes: Omit<FindingWords['node'], NodeRootCause> = {
  ...ofNodes,
  'name-flips': ({ node, listedAs }) => ({
    sentence: `Its managers list it as ${listedAs} now and then, which is another node: it is ${node}, and keeps its own name here.`,
    hint: 'A restart of the engine that the managers confuse it with, or of the leader, has ended that for others: systemctl restart docker.',
  }),
  'node-not-understood': ({ words }) => ({
    sentence: `Its manager says of it what this version does not know: ${joinNames(words)}.`,
    hint: 'A newer version of this program may know it. Until then: docker node inspect shows all that Docker says.',
  }),
  'node-down': ({ host, node, message, drained, left }) => {
    if (drained)
      return {
        sentence: `Drained before it went down${inBrackets(message)}: nothing is expected of it.`,
        hint: null,
      };
    if (left)
      return {
        sentence: 'It has left the swarm: what ran here counts as lost, and Swarm starts it elsewhere.',
        hint: `If that was meant: docker node rm ${node}. If not, let it join again: docker swarm join-token worker on a manager shows how.`,
      };
    return {
      sentence: `No manager hears from it${inBrackets(message)}: what ran here counts as lost, and Swarm starts it elsewhere.`,
      hint: `Is ${host} up, and does its engine run? On it: systemctl status docker.`,
    };
  },
  'node-left': ({ node, message, ageMs }) => ({
    sentence: `Down for ${describeAge(ageMs)}${inBrackets(message)}: nothing is expected of it any more.`,
    hint: `If it is gone for good: docker node rm ${node}.`,
  }),
  'node-unknown': ({ host, away, message, ageMs }) => {
    if (away)
      return {
        sentence: `Its agent is away from its manager${inBrackets(message)}: what runs here runs on, and counts as lost if that lasts.`,
        hint: null,
      };
    if (ageMs === null)
      return {
        sentence: 'The manager does not know its state, as happens after a change of leader.',
        hint: null,
      };
    return {
      sentence: `The manager has not known its state for ${describeAge(ageMs)}${inBrackets(message)}: no change of leader lasts that long.`,
      hint: `Does ${host} reach the managers on TCP port 2377, and does its engine run? On it: docker info, systemctl status docker.`,
    };
  },
  'node-cut-off': ({ host, message, copies }) => ({
    sentence: `Down for Swarm${inBrackets(message)}, but its engine answers: it cannot reach the managers, and ${describeCopies(copies)}.`,
    hint: `Check the network between ${host} and the managers: TCP port 2377.`,
  }),
  'clock-off': ({ host, aheadMs }) => ({
    sentence: `Its clock is ${describeAge(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead of' : 'behind'} that of this server: the times shown are corrected, those in its logs are not, and certificates may not be valid there.`,
    hint: `On ${host}, and here: timedatectl shows whether the clock is synchronised.`,
  }),
  'promotion-stuck': ({ host, ageMs, down }) => ({
    // When it went down is known, and not when it was promoted
    sentence: down
      ? 'It is down, and a manager by its role alone: the managers that have to agree do not count it.'
      : `It was promoted ${describeAge(ageMs)} ago and has not become a manager: it does not count for the quorum.`,
    hint: down
      ? `If it is gone for good: docker node demote ${quoteShell(host)}, then docker node rm ${quoteShell(host)}.`
      : `Try again: docker node demote ${quoteShell(host)}, wait, docker node promote ${quoteShell(host)}.`,
  }),
  'demotion-stuck': ({ ageMs, down }) => ({
    sentence: `It was demoted ${describeAge(ageMs)} ago and is still one of the managers that have to agree: they do not let it go.${down ? ' It is not reached.' : ''}`,
    hint: 'They let one go only where more than half of them are reached without it: bring back a manager that is down, or promote another node first.',
  }),
  'runtime-stuck': ({ host, containers: { count, ids, services }, seen }) => {
    const [id] = ids;
    if (seen !== 'inspect') {
      const [which, it] = count === 1 ? ['1 container', 'it'] : [`${count} containers`, 'them'];
      const rest =
        seen === 'probes'
          ? `though those of others there do: what runs ${it} (containerd-shim), or the engine’s prober, hangs`
          : `and the engine, which answers all else, cannot tell what ${it} ${count === 1 ? 'uses' : 'use'}: what runs ${it} (containerd-shim) hangs`;
      return {
        sentence: `No probe of ${which}, of ${nameServices(services)}, comes back, ${rest}.`,
        hint: `On ${host}: docker exec ${id} true hangs. Has it too much to do (top)? Else look at its containerd-shim (pgrep -f ${id}) and at containerd. To kill the shim ends the container.`,
      };
    }
    const [who, their] =
      count === 1
        ? [`1 container, of ${nameServices(services)}, does not answer`, 'its']
        : [`${count} containers, of ${nameServices(services)}, do not answer`, 'their'];
    return {
      sentence: `${who} though the engine does: ${their} runtime (containerd-shim) or the disk there hangs, and ${their} health is not known.`,
      hint: `On ${host}: docker inspect ${id} hangs. Has it too much to do, or does its disk not write (top, dmesg, iostat -x 1)? Else look at its containerd-shim (pgrep -f ${id}) and at containerd. To kill the shim ends the container.`,
    };
  },
  'containers-forgotten': ({ host, containers }) => ({
    sentence: describeForgotten(containers),
    hint: `On ${host}: docker rm -f ${containers.ids.join(' ')}.`,
  }),
  'engine-unread': ({ host }) => ({ sentence: UNREAD, hint: adviseUnread(host) }),
  'engine-unconfigured': ({ advice }) => ({ sentence: UNREAD, hint: advice }),
  'manager-unreachable': ({ host }) => ({
    sentence: 'The other managers do not reach it: it does not count for the quorum.',
    hint: `Is ${host} up, and does its engine run? If so, do the other managers reach it on TCP port 2377?`,
  }),
};

const UNREAD = 'Its engine cannot be read: the health of what runs here is not known.';

/** What to do about an engine that does not answer; its error says more of the way there. */
function adviseUnread(host: string): string {
  return `Is ${host} up, and does its engine run? On it: systemctl status docker. If so, does the way from this server to it (its agent, or VITALS_ENGINES) still lead there?`;
}

function describeCopies(copies: number): string {
  if (copies === 0) return 'its containers still run';
  return copies === 1
    ? '1 of its containers still runs besides its replacement'
    : `${copies} of its containers still run besides their replacements`;
}

function describeForgotten({ count, ids, services }: ContainersOnNode): string {
  const names = nameServices(services);
  if (count === 1)
    return `A container of ${names} runs here that Swarm does not know (${ids.join()}): it may hold a port, a volume or an address.`;
  const more = count > ids.length ? ', …' : '';
  return `${count} containers of ${names} run here that Swarm does not know (${ids.join(', ')}${more}): they may hold ports, volumes or addresses.`;
}

function nameServices(services: ContainersOnNode['services']): string {
  return joinFew(
    services.map((service) => service ?? 'a service that was removed'),
    'services',
  );
}

const GAPS: Readonly<Record<EngineGap, string>> = {
  windows:
    'It runs Windows, and there is no agent for that: name the endpoint of its engine in VITALS_ENGINES to read it.',
  'no-address':
    'The managers list no address of it that leads anywhere: deploy the agents (docker stack deploy -c stack.yml vitals), or name its endpoint in VITALS_ENGINES.',
  'not-set-up':
    'Nothing that answers leads to this engine: deploy the agents (docker stack deploy -c stack.yml vitals), or set VITALS_ENGINES, for example to tcp://{addr}:2375.',
};

/** Why nothing leads to a node's engine, and what to do. */
export function describeEngineGap(gap: EngineGap): string {
  return GAPS[gap];
}

/** Why a node has no agent to ask, and what to do. */
export function describeAgentGap(gap: AgentGap): string {
  switch (gap.kind) {
    case 'node-down':
      return `${gap.host} is down, and its agent with it.`;
    case 'windows':
      return `${gap.host} runs Windows, and there is no agent for that: name the endpoint of its engine in VITALS_ENGINES to read it.`;
    case 'no-service':
      return `This swarm has no service "${gap.service}": deploy the stack, or correct VITALS_AGENT_SERVICE.`;
    case 'no-address':
      return `The agent on ${gap.host} has no address: its service "${gap.service}" needs a network of its own.`;
    case 'drained':
      return `${gap.host} is drained: Swarm runs no agent on it, nor anything else.`;
    case 'no-task':
      return `No agent runs on ${gap.host}: "${gap.service}" has no task there. Is it a global service without constraints?`;
    case 'failing':
      return `The agent on ${gap.host} fails again and again${gap.error === null ? '' : `: ${gap.error}`}.`;
    case 'starting':
      return `The agent on ${gap.host} is starting (${gap.state}${gap.error === null ? '' : `, ${lowerFirst(gap.error)}`}).`;
    case 'gone':
      return `The agent on ${gap.host} is gone (${gap.state})${gap.error === null ? '' : `: ${gap.error}`}.`;
  }
}
