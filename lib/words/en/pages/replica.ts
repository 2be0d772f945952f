import type { Fact } from '#lib/words/words.ts';

export const probesAndUse = 'Probes and use';
export const outOfMemory = 'Out of memory';
export const killedByKernel = 'yes, killed by the kernel';
export const killedForMemory = 'killed by the kernel: out of memory';
export const streak = (failingStreak: Fact) => `${failingStreak} probes failed in a row`;
export const earlierTitle = 'Earlier tasks in this slot';
export const noneRemembered = 'None that Docker or this server remembers.';
export const logTitle = 'Last log lines';
export const logLead = (count: Fact) => `: ${count}`;
export const olderTasks = (count: Fact, service: Fact) =>
  `and ${count} more that are older. On a manager: docker service ps --no-trunc ${service}.`;
export const wroteNothing = 'It wrote nothing.';
export const logLabel = 'Log lines, oldest first';
export const lifeTitle = 'Life of this task';
export const lifeUnknown = 'Nothing is known of it yet.';
export const healthUnreadable = 'Its health cannot be read, so its probes cannot be seen.';
export const noCheckNoProbes = 'No health check is known for this replica, so there are no probes.';
export const noProbeEnded = 'No probe of its present task has ended yet.';
export const timeLabel = 'Time that is shown';
export const probesLead = (plural: Fact) => `Last ${plural} of this task, newest first`;
export const stuck = 'Stuck: it should be stopped by now. Swarm has missed it, or its engine cannot stop it.';
export const gone =
  'This replica does not exist any more: its service was scaled down, its node left, or the service was removed.';
export const whenEnded = 'when its container ended';
export const noCheck = 'no health check is known';
export const healthUnknown = 'no health is known of it now';
export const inRotation = 'in the load balancer, by Docker’s rule';
export const seenInRotation = 'its port answers: seen from this server';
export const partly = 'Partly';
export const through = (answering: Fact, of: Fact) =>
  `its port answers through ${answering} of ${of} nodes, seen from this server`;
export const notInRotation = 'not in the load balancer, by Docker’s rule';
export const notKnown = 'it is not known';
export const noProbe = 'none has ended in this task';
export const logUnreadable = (message: Fact) => `None can be read: ${message}.`;
export const startPeriodEnds = 'start period ends';
