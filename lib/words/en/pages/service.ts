import type { Fact } from '#lib/words/words.ts';

export const argumentsHidden = 'arguments may hold secrets';
export const partHidden = 'in a part that may be secret';
export const noProbeYet = 'no probe yet';
export const noHealthCheck = 'no health check';
export const noNodeYet = 'no node yet';
export const noReplicas = 'No replicas: none are wanted, and none are left.';
export const ribbonTitle = 'Tasks over time, by slot';
export const timeLabel = 'Time that is shown';
export const noRestarts = 'No task ended badly in the last hour.';
export const restartsLead = 'Restarts in the last hour:';
export const historyReading = 'Its history is being read …';
export const historyUnreadable = (message: Fact) => `Its history cannot be read: ${message}.`;
export const noTasks = 'No tasks are known in this time.';
export const ribbonLabel = 'Tasks by slot';
export const ribbonHelp =
  'Each segment is one task and ends with its cause: point at one, or go there with the keyboard; it leads to that time of its replica.';
export const tooMuch = 'More happened than can be shown at once: choose a shorter time.';
export const actsContinue = 'goes on all the same';
export const rolloutDone = 'Replicas that are done';
export const failureContinue = 'Swarm goes on all the same.';
export const failureActs = (acts: Fact, plural: Fact) =>
  `Swarm ${acts} at more than ${plural} while watched.`;
export const removed =
  'This service was removed from the swarm. Should it be created again under this name, it appears here by itself.';
export const noneRemembered = 'None that Docker or this server remembers.';
export const untilHealthy = (period: Fact, setting: Fact) =>
  `${period}, until healthy a probe every ${setting}`;
export const atOnceOrWithin = (failures: Fact, setting: Fact) => `${failures}, at once or within ${setting}`;
export const inARow = (failures: Fact, setting: Fact, setting2: Fact) =>
  `${failures} in a row, ${setting} to ${setting2} after the first`;
export const imageAndService = 'the image, changed in parts by the service';
export const global = 'global, one on every node';
export const job = (plural: Fact, maxConcurrent: Fact) => `job, ${plural}, ${maxConcurrent} at a time`;
export const globalJob = 'job, once on every node';
export const beforeFailure = (span: Fact) => `${span} before the first failure`;
export const failedSince = (tasks: Fact) => `${tasks} failed since it began;`;
export const moreEnded = (tasks: Fact) => `and ${tasks}, on the pages of their replicas`;
export const allAtOnce = 'all at once';
export const atATime = (parallelism: Fact) => `${parallelism} at a time`;
export const whenFail = (action: Fact, share: Fact) => `${action} when more than ${share} % fail`;
export const watchedFor = (monitor: Fact) => `${monitor} after each task`;
