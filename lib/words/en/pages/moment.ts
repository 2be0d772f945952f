import { formatCount } from '#lib/model/text/format-count.ts';
import type { Fact } from '#lib/words/words.ts';

export const asItWas = 'As it was at';
export const backToLive = 'back to live';
export const nonsense = 'The address asks for a moment (at=) that cannot be understood.';
export const nonsenseHelp =
  'A moment is 2026-11-29T09:12:03Z, or milliseconds since 1970; what is shown is never guessed.';
export const future = 'This moment is not yet.';
export const before = 'Of this moment nothing is kept: the history begins later.';
export const noHistory = 'Nothing is kept of the past yet, or it cannot be read now.';
export const beginsAt = 'The history begins at';
export const unread = 'The history cannot be read now, so nothing can be said of this moment.';
export const unseen = 'At this moment nobody looked: Swarm Vitals did not run, so nothing is known of it.';
export const managersUnread = 'No manager was read at this moment: what Swarm wanted is as old as';
export const cut = 'There were more replicas than are read here.';
export const notKept = 'Not kept of the past';
export const notKeptOverview =
  'how many replicas were wanted, verdicts of services, findings of nodes and of the swarm. Statuses and sentences of replicas are as they were said then.';
export const notKeptService =
  'its settings, ports, networks and its verdict then. Statuses and sentences of its replicas are as they were said then.';
export const notKeptReplica = 'its streak, addresses and usage on this page; its chart has the probes.';
export const notKeptNode =
  'the state, resources and engine of nodes. What their replicas were is as it was said then; what happened to nodes is in the events.';
export const notKeptOther = 'this page has no past: what it shows is of now.';
export const notKeptLog =
  'logs. Docker has them, and what it still has is on the page of now; the last lines of a task that ended badly are kept on the page of its replica.';
export const notKeptIncident =
  'what it was called then. Its name, why it was and how many replicas each service lost are as they are known since; what followed this moment is left out.';
export const notKeptTimeline =
  'the length of incidents: one that had begun is drawn as far as this moment. The list has each with its whole course.';
export const notYetIncident = 'It had not begun at this moment. Its first sign was at';
export const wholeIncident = 'All of it';
export const incidentOpen = (notWhole: number, of: Fact) =>
  `It was not over: ${formatCount(notWhole)} of ${of} ${notWhole === 1 ? 'was' : 'were'} not whole.`;
export const incidentOpenBare = 'It was not over.';
export const incidentRecovered = 'All services were whole again, and what explains it was not over.';
export const incidentOver = 'It was over.';
export const eventsAround = 'Events around this moment';
export const incidentsThen = 'Incidents of this moment';
export const services = 'Services';
export const nodes = 'Nodes';
export const noReplica = 'No replica of it was known at this moment.';
export const noReplicas = 'No replica was known at this moment.';
export const noIncident = 'No incident that is known lasted at this moment.';
export const moreIncidents = (count: Fact) => `There were more than these ${count}.`;
export const noEvents = 'Nothing that is known happened before this moment.';
export const noNode = 'no node';
export const lastProbes = 'Last probes before this moment';
export const noProbes = 'No probe of the quarter of an hour before is known.';
export const since = 'since';
export const copyLabel = 'Copy link to this moment';
export const copyWhat = 'the address of this page as it is now';
export const openChart = 'Its probes on a chart';
export const more = (count: Fact) => `and ${count} more`;
export const filtered = (count: Fact, total: Fact) =>
  `Only what the filter asks for: ${count} of ${total} services.`;
export const noneMatch =
  'No service of this moment has what the filter asks for. Ports, addresses and networks are not kept of the past.';
export const showAll = 'Show all';
export const service = 'Service';
export const ofMany = (count: Fact, total: Fact) => `${count} of ${total}`;
export const busy = 'Many ask for the past at this moment. Load this page again in some seconds.';
export const matrixCut = (rows: Fact, columns: Fact) =>
  `Not drawn here: ${rows} and ${columns}, those least bad.`;
export const wholeCourse = 'An incident is shown with its whole course, also with what followed this moment.';
export const pagesThen = 'Pages of this moment';
export const steps = 'Other moments';
export const incidents = 'Incidents';
export const matrix = 'Matrix';
export const events = 'Events';
export const hourBefore = '\u2212 1 h';
export const minutesBefore = '\u2212 5 min';
export const minutesAfter = '+ 5 min';
export const hourAfter = '+ 1 h';
