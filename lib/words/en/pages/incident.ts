import { formatCount } from '#lib/model/text/format-count.ts';
import type { Fact } from '#lib/words/words.ts';

export const after = 'After';
export const what = 'What';
export const service = 'Service';
export const replicas = 'Replicas';
export const why = 'Why';
export const breadcrumb = 'Breadcrumb';
export const copyAsMarkdown = 'Copy as Markdown';
export const asMarkdown = 'Markdown';
export const copyLinkLabel = 'Copy link';
export const inNumbers = 'In numbers';
export const copyWhat = 'this incident';
export const copyLink = 'the address of this incident';
export const unseenStart = 'It began before Swarm Vitals looked.';
export const unseenEnd = 'It ended while Swarm Vitals did not run: when exactly nobody saw.';
export const notKnown = (count: number) =>
  count === 1
    ? '1 of its replicas is not known now: it is not over before it is.'
    : `${formatCount(count)} of its replicas are not known now: it is not over before they are.`;
export const courseTitle = 'Course';
export const courseNote = 'replicas, the first to come back first';
export const notWhole = 'Services not whole';
export const atMost = (count: Fact) => `${count} at most`;
export const swarmThen = 'The swarm at that time';
export const onTimeline = 'on the timeline';
export const lanesCut = (count: number) =>
  `${formatCount(count)} more ${count === 1 ? 'replica is' : 'replicas are'} not drawn.`;
export const tookAlong = 'What it took along';
export const touched = 'Services it touched';
export const notListed = (count: number) =>
  `${formatCount(count)} more ${count === 1 ? 'service is' : 'services are'} not listed.`;
export const wholeAfter = 'Whole after';
export const notYet = 'not yet';
export const eventsTitle = 'Events';
export const eventsNote = 'oldest first';
export const noEvents = 'No event of it is kept.';
export const cutEvents = 'More happened than is shown: these are the first and the last.';
export const beforeTitle = 'What changed before it';
export const beforeNote = 'in 15 minutes';
export const nothingBefore = 'Nothing that is known: no deploy, and no change of a node.';
export const nothingBeforeApart = 'No deploy that is known.';
export const evidenceTitle = 'Evidence';
export const noEvidence = 'Nothing more than the events say.';
export const nodesTitle = 'Nodes';
export const since = 'since';
export const lasted = 'from beginning to end';
export const lasts = 'since it began';
export const untilWhole = 'until all services were whole';
export const ofServices = (count: Fact, isOne: boolean) => `of ${count} ${isOne ? 'service' : 'services'}`;
export const movedElsewhere = 'up again on other nodes';
export const endedBadly = (isOne: boolean) => (isOne ? 'task that ended badly' : 'tasks that ended badly');
export const first = 'beginning';
export const whole = 'services whole';
export const end = 'end';
export const isOver = 'It is over.';
export const isOpen = 'It is open.';
export const markdownEvents = (table: Fact) => `What happened:\n\n${table}`;
export const markdownBefore = (lines: Fact) => `Changed in the 15 minutes before it:\n\n${lines}`;
export const markdownNothingBefore = 'Changed in the 15 minutes before it: nothing that is known.';
export const markdownServices = (table: Fact) => `Services:\n\n${table}`;
export const historyLate = 'The history did not answer in time. Ask again in some seconds.';
export const noSuchIncident = 'There is no such incident, or the history keeps it no more.';
export const replicaNoun = (isOne: boolean) => (isOne ? 'replica' : 'replicas');
export const replicasOf = (replicas: Fact, services: Fact) => `${replicas} of ${services}`;
