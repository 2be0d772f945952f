import type { Fact } from '#lib/words/words.ts';

export const connecting = 'Connecting …';
export const following = 'Following';
export const now = 'Now';
export const onlyMatches = 'Only matches';
export const times = 'Times';
export const wrap = 'Wrap';
export const logLines = 'Log lines';
export const pausedFollow = 'Paused. Follow';
export const matchBefore = 'Match before';
export const matchAfter = 'Match after';
export const pause = 'Pause';
export const follow = 'Follow';
export const downloadLabel = 'Download';
export const containerLog = 'Container log';
export const wholePage = 'Whole page';
export const gap = 'Lines may be missing here: the log was not connected.';
export const containerStopped = 'The container stopped.';
export const linesDropped = '… lines left out: it writes faster than is shown';
export const moreNotRead = (plural: Fact) => ` ${plural} more are not read: too many at once.`;
export const someUnreadable = (plural: Fact) => ` ${plural} cannot be read.`;
export const asking = 'Asking the engine …';
export const containerDone = 'The container has stopped: this is all it wrote.';
export const noContainer = 'There is no container to read: none was started.';
export const noAnswerTooMany =
  'No answer. A browser opens only six connections to one server: logs followed in other windows may use them up';
export const download = 'Download the log as text';
export const unreadable = 'cannot be read';
export const replicasLabel = 'Replicas in this log';
export const lineCut = '… longer than the 64 kB that are kept of a line';
export const searchLabel = 'Search in this log';
export const noMatch = 'No line has this.';
export const nothingWritten = 'Nothing was written yet.';
export const offTitle = 'Container logs are switched off';
export const off =
  'Whoever runs this Swarm Vitals set VITALS_LOGS=off: container logs are neither read nor kept.';
export const tasksLabel = 'Tasks of this replica';
export const newTask = (task: Fact, hostname: string | null) =>
  `A new task, ${task}${hostname === null ? '' : ` on ${hostname}`}.`;
export const linesLeftOut = (count: Fact) =>
  `… ${count} ${Number(count) === 1 ? 'line' : 'lines'} left out: this page was not quick enough`;
export const logOf = (name: Fact) => `Log of ${name}`;
export const noSuchTask = (id: Fact) => `No task "${id}" is known.`;
export const moreCharacters = (count: Fact) =>
  `${count} more ${Number(count) === 1 ? 'character' : 'characters'}`;
export const noMatches = 'none';
export const matchOf = (place: Fact, count: Fact) => `${place} of ${count}`;
export const newLines = (count: Fact, isOne: boolean) => `${count} new ${isOne ? 'line' : 'lines'} ↓`;
export const taskEnded = (task: Fact, cause: Fact) => `Task ${task}: ${cause}`;
export const tryingAgain = (reason: Fact) => `${reason}. Trying again.`;
export const followingSome = (containers: Fact) => `Following ${containers}`;
