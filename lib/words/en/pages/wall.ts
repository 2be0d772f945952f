import type { Fact } from '#lib/words/words.ts';

export const wall = 'Wall';
export const allServices = 'All services';
export const title = 'Title';
export const stacks = 'Stacks';
export const services = 'Services';
export const theme = 'Theme';
export const density = 'Density';
export const connecting = 'Connecting';
export const notLive = 'Not live';
export const ready = 'Ready';
export const nodes = 'Nodes';
export const waiting = 'Waiting for the first answer';
export const serverSilent = 'The server fell silent';
export const live = 'Live';
export const unread = 'Swarm not read';
export const unreadSwarms = 'No swarm read';
export const theSwarm = 'The swarm';
export const noServicesYet = 'No services yet';
export const noMatch = 'No service matches';
export const allWell = 'All is well';
export const nodeDown = 'The node is down.';
export const nodeDownBecause = (statusMessage: Fact) => `The node is down: ${statusMessage}.`;
export const managerUnreached = 'The other managers do not reach this manager.';
export const nodeUnknown = 'Swarm does not know how this node is.';
export const engineUnconfigured = 'Nothing that answers leads to its engine';
export const healthUnknown = (why: Fact) => `${why}. The health of its replicas is not known.`;
export const badOption = (name: Fact, text: Fact, wanted: Fact) =>
  `${name}=${text} is not understood: ${wanted}.`;
export const twoHours = 'two hours of the day, such as 22-7';
export const affected = (count: Fact) => `${count} affected`;
export const othersWell = (count: Fact) => `${count} not in trouble`;
export const engineUnread = 'Engine not read';
export const broken = 'This wall broke';
export const wellAgain = 'is well again';
export const triesAgain = (reason: string) =>
  `${/[.?!]$/.test(reason) ? reason : `${reason}.`} This wall tries again by itself.`;
export const lastSeen = (asOf: Fact, reason: Fact) => `Seen last at ${asOf}. ${reason}`;
export const moreUnknown = (unknown: Fact) => `${unknown} more not known`;
export const keepsAwake = 'This page keeps the screen awake.';
export const keptAwake = 'The screen is kept awake while this page is in view.';
export const awakeRefused =
  'The browser refuses to keep the screen awake: switch its sleep off in the system.';
export const awakeNeedsHttps =
  'The screen may fall asleep: browsers let a page keep it awake over HTTPS or on localhost only. Switch its sleep off in the system.';
export const awakeUnsupported =
  'The screen may fall asleep: this browser cannot keep it awake. Switch its sleep off in the system.';
export const setUp = 'Set up this wall';
export const inAddress =
  "All of it is in this page's address: open the same address on the screen it is for.";
export const noneTicked = 'None ticked: all of them.';
export const servicesPlaceholder = 'all, or names such as shop_*, auth';
export const noneTickedNodes = 'None ticked: all of them. Else only services with a replica there.';
export const themeAsElsewhere = 'as the other pages';
export const roomy = 'roomy: larger, for more than five metres';
export const normal = 'normal: for five metres';
export const dense = 'dense: smaller, for a desk';
export const quietInTurn = 'Under the problems, in turn';
export const soundAfterClick = 'The browser lets this page sound once somebody clicked or typed in it.';
export const standsStill = 'This page stands still';
export const scriptStopped = 'Its script does not run. What it showed may be old.';
export const demo = 'Demo swarm, not your data';
export const soundNeedsKey = 'Sound: press a key once';
export const needsScript = 'The wall needs JavaScript: without it nothing here would be kept true.';
export const moreInTurn = (more: Fact, from: Fact, until: Fact, total: Fact) =>
  `And ${more} more, in turn: ${from} to ${until} of ${total}`;
export const reloads = 'It reloads by itself in a few seconds.';
export const softTone = 'A soft tone when a problem appears';
export const darkerAtNight = 'Darker at night, while all is well';
export const missingWith = (why: Fact, taken: number) =>
  `${why} ${taken} ${taken === 1 ? 'replica is' : 'replicas are'} missing.`;
export const missingOf = (services: number) => `Of ${services} ${services === 1 ? 'service' : 'services'}:`;
export const engineUnreadBecause = (error: string | null) =>
  `Its engine cannot be read${error === null ? '' : `: ${error.replace(/\.$/, '')}`}`;
export const of = (total: Fact) => `of ${total}`;
export const wellOf = (well: Fact, total: Fact, name: Fact) => `${well} of ${total} ${name}`;
export const ofNamed = (total: Fact, name: Fact) => `of ${total} ${name}`;
export const lasting = 'for';
/** The longest that is drawn of a state's age, to find how much room it needs. */
export const longestShort = 'for 59 min';
export const longestFor = 'for 59 min 59 s';
export const longestAge = '59 min 59 s';
export const dataOld = (word: Fact, age: Fact) => `${word}, data ${age} old`;
export const appeared = 'needs attention';
export const answerThen = (said: Fact, clock: Fact) => `${said}, at ${clock}`;
export const done = 'Done';
export const fullScreen = 'Full screen';
export const dark = 'dark';
export const light = 'light';
export const eachFor = 'each for';
export const from = 'from';
export const until = 'until';
export const views = { services: 'services', stacks: 'stacks', nodes: 'nodes', matrix: 'matrix' };
export const noStack = 'no stack';
export const stacksMore = (count: Fact, isOne: boolean) => `${count} more ${isOne ? 'stack' : 'stacks'}`;
export const stacksOf = (count: Fact, isOne: boolean) => `${count} ${isOne ? 'stack' : 'stacks'}`;
export const well = (count: Fact) => `${count} well`;
export const updating = (count: Fact) => `${count} updating`;
export const starting = (count: Fact) => `${count} starting`;
export const scopeNames = {
  stack: (name: Fact) => `stack ${name}`,
  stacks: (names: Fact) => `stacks ${names}`,
  service: (name: Fact) => `service ${name}`,
  services: (names: Fact) => `services ${names}`,
  node: (name: Fact) => `node ${name}`,
  on: (names: Fact) => `on ${names}`,
  allOn: (names: Fact) => `what is on ${names}`,
};
export const andMoreNames = (names: Fact, count: Fact) => `${names} and ${count} more`;
export const nothingMatches = (names: Fact) => `nothing matches ${names}`;
export const countNotKnown = (what: Fact) => `${what} not known`;
export const scopeWell = (scope: Fact) => `${scope}: all well`;
export const oneOf = (choices: Fact) => `one of ${choices}`;
export const someOf = (choices: Fact) => `some of ${choices}`;
export const secondsFrom = (min: Fact, max: Fact) => `seconds from ${min} to ${max}`;
