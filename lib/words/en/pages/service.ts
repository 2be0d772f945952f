import type { Fact } from '#lib/words/words.ts';

export const argumentsMayHoldSecrets = 'arguments may hold secrets';
export const inAPartThatMay = 'in a part that may be secret';
export const noProbeYet = 'no probe yet';
export const noHealthCheck = 'no health check';
export const noNodeYet = 'no node yet';
export const noReplicasNoneAreWanted = 'No replicas: none are wanted, and none are left.';
export const tasksOverTimeBySlot = 'Tasks over time, by slot';
export const timeThatIsShown = 'Time that is shown';
export const noTaskEndedBadlyIn = 'No task ended badly in the last hour.';
export const restartsInTheLastHour = 'Restarts in the last hour:';
export const itsHistoryIsBeingRead = 'Its history is being read …';
export const itsHistoryCannotBeRead = (message: Fact) => `Its history cannot be read: ${message}.`;
export const noTasksAreKnownIn = 'No tasks are known in this time.';
export const tasksBySlot = 'Tasks by slot';
export const eachSegmentIsOneTask =
  'Each segment is one task and ends with its cause: point at one, or go there with the keyboard; it leads to that time of its replica.';
export const moreHappenedThanCanBe = 'More happened than can be shown at once: choose a shorter time.';
export const goesOnAllTheSame = 'goes on all the same';
export const replicasThatAreDone = 'Replicas that are done';
export const swarmGoesOnAllThe = 'Swarm goes on all the same.';
export const swarmAtMoreThanWhile = (acts: Fact, plural: Fact) =>
  `Swarm ${acts} at more than ${plural} while watched.`;
export const thisServiceWasRemovedFrom =
  'This service was removed from the swarm. Should it be created again under this name, it appears here by itself.';
export const noneThatDockerOrThis = 'None that Docker or this server remembers.';
