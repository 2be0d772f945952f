import type { Fact } from '#lib/words/words.ts';

export const title = 'Reports';
export const days = { 1: '24 h', 7: '7 d', 30: '30 d', 90: '90 d' } as const;
const lengths = { 1: '24 hours', 7: '7 days', 30: '30 days', 90: '90 days' } as const;
export const heading = (of: Fact, length: keyof typeof lengths) => `${of}, ${lengths[length]}`;
export const noStack = 'no stack';
export const daysLabel = 'How many days';
export const timeLabel = 'Time';
export const earlier = (length: keyof typeof lengths) => `‹ ${lengths[length]} before`;
export const later = (length: keyof typeof lengths) => `${lengths[length]} after ›`;
export const untilNow = 'until now';
export const orderLabel = 'Order';
export const byStack = 'By stack';
export const worstFirst = 'Worst first';
export const asCsv = 'CSV';
export const asJson = 'JSON';
export const asMarkdown = 'Markdown';
export const until = 'to';
export const print = 'Print';
export const copyMarkdown = 'Copy as Markdown';
export const copyWhat = 'this report';
export const states = { kept: 'kept', fast: 'goes too fast', spent: 'missed', unknown: 'not known' } as const;
export const notListed = (count: number) =>
  `${count} more ${count === 1 ? 'service is' : 'services are'} not listed here.`;

// Its sentence.
export const missed = (count: Fact, isOne: boolean) => `${count} ${isOne ? 'SLO' : 'SLOs'} missed`;
export const openNow = (count: Fact, isOne: boolean) => `${count} ${isOne ? 'incident' : 'incidents'} open`;
export const fast = (count: Fact, isOne: boolean) =>
  `${count} ${isOne ? 'budget goes' : 'budgets go'} too fast`;
export const notKnownOf = (count: Fact, isOne: boolean) => `${count} ${isOne ? 'SLO' : 'SLOs'} not known`;
export const allKept = (isOne: boolean) => (isOne ? 'SLO kept' : 'All SLOs kept');
export const overBudget = (name: Fact, down: Fact, over: Fact, target: Fact) =>
  `${name} was down for ${down}, ${over} more than its ${target} allows.`;
export const tooFast = (name: Fact, left: Fact, lasts: Fact) =>
  `${name} has ${left} of its budget left, and at its pace the whole budget lasts ${lasts}.`;
export const longestDown = (name: Fact, down: Fact) => `${name} was down for ${down}, longer than any other.`;
export const onlyDown = (name: Fact, down: Fact) => `${name} was down for ${down}.`;
export const notDown = 'No service was down in the time that is known.';
export const nothingKnown = 'Nothing is known of this time.';
export const notKeptBefore = 'What reports are made of was not kept before';
export const nothingKept = 'Nothing is kept yet: a report begins with the first minute that is known.';
export const cut = 'There were more incidents than are counted: these are the newest 5,000.';
export const unreadable = 'The history cannot be read now: there is no report.';
export const nothingOfName = 'Nothing of that name is known in this time.';

// The figures of all.
export const uptime = 'Uptime';
export const ofKnown = 'of the time that is known';
export const known = 'Known';
export const notKnown = (time: Fact) => `${time} of it not known`;
export const wholeKnown = 'of the time that counts';
export const incidents = 'Incidents';
export const openAtEnd = (count: Fact) => `${count} open at the end`;
export const allIncidents = 'All incidents';
export const recovery = 'Time to recovery';
export const median = (longest: Fact) => `median; longest ${longest}`;
export const noRecovery = 'none is over whose course was seen';
export const slo = 'SLO';
export const kept = (count: Fact, of: Fact) => `${count} of ${of} kept`;
export const setTarget = 'the label vitals.slo=99.9 sets one';
export const restarts = 'Restarts';
export const withoutUpdates = 'without updates';

// The table.
export const tableTitle = 'Services by stack';
export const tableWorst = 'Services, the worst first';
export const service = 'Service';
export const bars = {
  1: 'One bar an hour',
  7: 'One bar for six hours',
  30: 'One bar a day',
  90: 'One bar a day',
} as const;
export const bySlo = 'Target';
export const budget = 'Budget left';
export const restartsByCause = 'Restarts by cause';
export const services = (count: Fact, isOne: boolean) => `${count} ${isOne ? 'service' : 'services'}`;
export const down = (time: Fact) => `${time} down`;
export const wasNotDown = 'not down';
export const reduced = (time: Fact) => `${time} with fewer replicas`;
export const longest = (time: Fact) => `longest ${time}`;
export const none = 'none';
export const noTarget = 'no target';
export const removed = 'removed';
export const left = (time: Fact) => `${time} left`;
export const over = (time: Fact) => `✖ spent, ${time} over`;
export const pace = (share: Fact) => `at this pace ${share} of it`;
export const lasts = (time: Fact) => `lasts ${time} at this pace`;
export const nothingSpent = 'nothing spent';
export const quiet = (count: Fact, isOne: boolean) =>
  `${count} more ${isOne ? 'service' : 'services'}: no incident, no restart, not down`;
export const showAll = (count: Fact) => `Show all ${count}`;
export const showFew = 'Hide them';
export const rowsCut = (shown: Fact, count: Fact) =>
  `These are ${shown} of ${count}: the CSV has all of them.`;
export const noServices = 'No service was there in this time.';
export const barNames = {
  up: 'up',
  reduced: 'up, with fewer replicas',
  down: 'down',
  long: 'down for more than 15 min',
  unknown: 'not known in part',
  uncounted: 'not counted',
  none: 'nothing kept',
} as const;
export const bar = (count: Fact, name: Fact) => `${count} × ${name}`;
export const otherCauses = (count: Fact) => `${count} other`;

// The worst probes.
export const probesTitle = 'Worst probes';
export const probesNote = 'in whole quarters of days';
export const noProbes = 'No probe failed.';
export const failedOf = (failed: Fact, of: Fact, share: Fact) => `${failed} of ${of} failed (${share})`;
export const slowest = (time: Fact) => `slowest ${time}`;

// How it is counted.
export const howTitle = 'How it is counted';
export const how: readonly (readonly [lead: string, text: string])[] = [
  [
    'Uptime',
    'is the share of the known time in which a service had at least one replica up: healthy, running where it has no health check, or failing probes that Docker does not act on yet. Time that nobody knows (this server was off, an engine was not read) counts neither for nor against; a service that is scaled to 0, paused by hand, a job, or starting for the first time is not counted.',
  ],
  [
    'Time to recovery',
    'runs from the first sign of an incident until all whom it touched were whole again. Incidents that last do not count yet, nor those whose beginning or end nobody saw.',
  ],
  [
    'Restarts',
    'are tasks that ended badly, and with their node. Updates, rollbacks and scaling are left out.',
  ],
  [
    'SLO',
    'is the label vitals.slo of a service, in percent. 99.9 of 30 days allows 43 min of downtime; the budget left is that less the time down. The pace is taken from the time that is known. The whole time is held against the label as it is now: what it was before is not kept.',
  ],
];
