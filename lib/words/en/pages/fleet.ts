import type { Verdict } from '#lib/model/contract/verdict.ts';
export const notLiveLabel = 'Not live';
export const connecting = 'Connecting';
export const eventsLabel = 'Events';
export const wall = 'Wall';
export const pages = 'Pages';

import { joinNames } from '#lib/words/en/lists.ts';
import type { Fact } from '#lib/words/words.ts';

/** What the pages above all swarms say, where there are several. */
export const noSuchSwarm = 'No swarm of that name is shown here, or it has no such page.';
export const nameTheSwarm =
  'Several swarms are shown here: ask for this of one of them, below /swarms/ and its name.';
export const swarms = 'Swarms';
export const countSwarms = (count: number) => `${count} ${count === 1 ? 'swarm' : 'swarms'}`;
export const needAttention = (count: number) => `${count} need${count === 1 ? 's' : ''} attention`;
export const needAttentionOf = (count: number, total: number) =>
  `${count} of ${total} need${count === 1 ? 's' : ''} attention`;
const wallAttention = (count: number, total: number) =>
  `${count} of ${countSwarms(total)} need${count === 1 ? 's' : ''} attention`;
export const allWell = 'All well';
const allWellOf = (total: number) => (total === 1 ? '1 swarm is well' : `All ${total} swarms are well`);
export const silent = 'Silent';
export const notHeardYet = 'Not heard yet';
export const notKnown = 'Not known';
export const noServices = 'No services';
export const countSilent = (count: number) => `${count} not known`;
export const silentPill = (count: number, total: number) =>
  count === total ? 'Nothing is known' : `${count} of ${total} not known`;
export const verdictWord = (changing: boolean, verdict: Verdict) =>
  !changing ? allWell : verdict === 'starting' ? 'Starting' : 'Updating';
export const problems = (count: number) => `${count} ${count === 1 ? 'problem' : 'problems'}`;

/** What is wrong, of the swarms that have it, the worst first. */
export interface FleetTrouble {
  name: string;
  problems: number;
  /** What is worst there; `null`: it has no name. */
  worst: string | null;
}

/** The sentence at the head: what is wrong where, what is not known, and else that all is well. */
export function describeFleet({
  troubles,
  silent,
  changing,
  total,
}: {
  troubles: readonly FleetTrouble[];
  silent: readonly string[];
  changing: readonly string[];
  total: number;
}): string {
  const known = total - silent.length;
  const parts = troubles.slice(0, MAX_NAMED).map(describeTrouble);
  const more = troubles.length - MAX_NAMED;
  if (more > 0) parts.push(`${countSwarms(more)} more ${more === 1 ? 'has' : 'have'} problems`);
  if (silent.length === total) return total === 1 ? describeSilent(silent) : 'Nothing is known of any swarm.';
  if (silent.length > 0) parts.push(describeSilent(silent));
  if (troubles.length === 0) {
    const well =
      known === total ? allWellOf(total) : `the other ${known === 1 ? 'one is' : `${known} are`} well`;
    parts.push(well);
    if (changing.length > 0) parts.push(`${nameSwarms(changing)} ${isOne(changing) ? 'is' : 'are'} changing`);
  }
  const text = parts.join('; ');
  return `${parts[0] === undefined || troubles.length > 0 ? text : capitalise(text)}.`;
}

const MAX_NAMED = 3;

function describeTrouble({ name, problems: count, worst }: FleetTrouble): string {
  if (worst === null || worst === name) return `${name} has ${count === 1 ? 'a problem' : problems(count)}`;
  return count <= 1
    ? `${name} has a problem with ${worst}`
    : `${name} has ${problems(count)}, the worst with ${worst}`;
}

const describeSilent = (silentNames: readonly string[]) => `nothing is known of ${nameSwarms(silentNames)}`;
const nameSwarms = (names: readonly string[]) =>
  names.length > 3 ? countSwarms(names.length) : joinNames(names);
const isOne = ({ length }: readonly unknown[]) => length === 1;
const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export const silentHint = (name: Fact, reason: Fact) => `${name}: ${reason} Look at its own server first.`;
export const why = {
  /** The worst of its problems, and how many more it has. */
  problem: (name: Fact, sentence: Fact, more: number) =>
    `${name}: ${sentence}${more > 0 ? ` And ${more} more.` : ''}`,
  lastHeard: (well: Fact, total: Fact) => `then ${well} of ${total} services were well`,
  notHeard: 'Not heard from since',
  neverHeard: 'Nothing was ever heard of it.',
};
export const ofTotal = (total: Fact) => `of ${total}`;
export const ofBoth = (well: Fact, total: Fact) => `${well} of ${total}`;
export const wellOf = (total: Fact) => `of ${total} well`;
export const readyOf = (total: Fact) => `of ${total} ready`;
export const inKnown = (count: number, total: number) =>
  count === total
    ? `in ${countSwarms(count)}`
    : count === 0
      ? 'no swarm is known'
      : `in ${countSwarms(count)} that ${count === 1 ? 'is' : 'are'} known`;
export const allReady = 'every node is ready';
export const notReadyIn = (host: Fact, swarm: Fact) => `${host} in ${swarm} is not ready`;
export const moreNotReady = (host: Fact, swarm: Fact, more: number) =>
  `${host} in ${swarm} and ${more} more are not ready`;
export const nothing = 'Nothing';
export const everyHeard = 'every swarm is heard';
export const unknownCounts = (services: number, replicas: Fact) =>
  `${services === 1 ? 'service' : 'services'}, ${replicas} ${replicas === '1' ? 'replica' : 'replicas'}`;
export const inNoCount = (names: readonly string[]) =>
  `of ${names.length > 2 ? countSwarms(names.length) : joinNames(names)}; in no other count`;
export const neverHeardOf = (names: readonly string[]) =>
  `${names.length > 2 ? countSwarms(names.length) : joinNames(names)}, never heard`;
export const worstFirst = 'the worst first';
export const filterAll = (count: number) => `All ${count}`;
export const filterBad = (count: number) => `With problems ${count}`;
export const filterLabel = 'Which swarms are listed';
export const noneBad = 'No swarm has a problem, and all are known.';
export const columns = {
  swarm: 'Swarm',
  verdict: 'Verdict',
  why: 'Why',
  services: 'Services',
  replicas: 'Replicas',
  nodes: 'Nodes',
  managers: 'Managers',
  docker: 'Docker',
  data: 'Data',
};
export const worstProblems = 'Worst problems of all swarms';
export const countProblems = (count: number, inSwarms: number) =>
  `${problems(count)} in ${countSwarms(inSwarms)}`;
export const noProblems = 'Nothing needs attention.';
export const moreProblems = (count: number) =>
  `${count} more ${count === 1 ? 'is' : 'are'} on the pages of these swarms.`;
export const wholeSwarm = 'the whole swarm';
export const node = 'node';
export const replicas = (count: Fact) => `${count} ${String(count) === '1' ? 'replica' : 'replicas'}`;
export const events = 'Events of all swarms';
export const pastNotAnswered = 'What it had could not be read.';
export const pastCut =
  'Not all of it is here: too much happened there at one moment, or its clock is ahead. Its own page has the rest.';
/** Before the list of those of which nothing, or not all, is there. */
export const gapsLead = 'Not all is here:';
export const allEvents = 'all events';
export const eventsIntro = 'What happened in all swarms, the newest first.';
export const incidentsIntro = 'What belongs together of what was wrong in all swarms, the newest first.';
export const noneFits = 'Nothing of this kind is known.';
export const someMissing = 'Some of the newest are missing: read the list anew';
export const olderEvents = 'Older events';
export const newestEvents = 'The newest';
export const olderOf = 'Older incidents are on the pages of';
export const whichLabel = 'Which are listed';
export const levels = { all: 'All', bad: 'Bad', warn: 'Warnings' };
export const noEvents = 'Nothing has happened yet.';
export const copyMarkdown = 'Copy as Markdown';
export const copyWhat = 'how all swarms are';
export const notLive = (moment: Fact) =>
  `**Not live:** the server was last heard at ${moment}. What follows was so then.`;
export const live = (heard: number, total: number) =>
  heard === total ? 'Live' : `Live, ${heard} of ${total}`;
export const noneHeard = 'No swarm is heard';
export const needsScript =
  'Without scripts this page stands still: it says how all swarms were when it was asked for.';
export const silentFor = (name: Fact, age: Fact) => `${name}: ${age} old, in no count`;
export const countSilentNames = (count: number) => `${countSwarms(count)} not known, in no count`;
export const lastHeardThen = (clock: Fact) => `last heard ${clock}, then`;
export const servicesWell = (well: Fact, total: Fact) => `${well} of ${total} services well`;
export const switcher = 'Change to another swarm';
export const switcherTitle = 'Swarms, the worst first';
export const heardAt = (name: Fact) => `${name} was last heard at`;
export const noSwarms = 'No swarm that you may see';
export const summary = 'Summary';
export const silentOne = '1 silent for';
export const unheard = 'Never heard';
export const noNodes = 'no node is known';
export const none = 'none';
export const since = 'for';
export const never = 'never';
export const now = 'now';
export const cellsLabel = (statuses: readonly string[], rest: number) =>
  `${joinNames(statuses)}${rest === 0 ? '' : `${statuses.length === 0 ? '' : ', '}${rest} more`}`;
export const notAnswered = 'The server does not answer.';
export const neverHeardShort = 'never heard';
export const inNoCountShort = 'in no count';
export const wallAnswer = (bad: number, unknown: number, total: number) =>
  bad > 0
    ? wallAttention(bad, total)
    : unknown > 0
      ? `${unknown} of ${countSwarms(total)} not known`
      : total === 0
        ? noSwarms
        : allWellOf(total);
export const answerThen = (said: string, clock: string) => `${said}, at ${clock}`;
export const wallLoneWell = (count: number) => `${countSwarms(count)} more, well`;
export const noSwarmHeard = 'No swarm is heard';
export const fullScreen = 'Full screen';
export const countResults = (count: number) => `${count} ${count === 1 ? 'result' : 'results'}`;
export const searchLabel = 'Search services, nodes, replicas, tasks and containers of all swarms';
export const searchPlaceholder = 'Name or id, in all swarms';
export const old = (span: Fact) => `${span} old`;
