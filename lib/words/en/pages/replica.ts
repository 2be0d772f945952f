import type { Fact } from '#lib/words/words.ts';

export const outOfMemory = 'Out of memory';
export const yesKilledByTheKernel = 'yes, killed by the kernel';
export const killedByTheKernelOut = 'killed by the kernel: out of memory';
export const probesFailedInARow = (failingStreak: Fact) => `${failingStreak} probes failed in a row`;
export const earlierTasksInThisSlot = 'Earlier tasks in this slot';
export const noneThatDockerOrThis = 'None that Docker or this server remembers.';
export const lastLinesOfItsLog = 'Last lines of its log';
export const theLastLinesOfIts = (count: Fact) => `, the last ${count} lines of its log`;
export const andOlderTasks = (count: Fact, service: Fact) =>
  `and ${count} more that are older. On a manager: docker service ps --no-trunc ${service}.`;
export const itWroteNothing = 'It wrote nothing.';
export const logLinesOldestFirst = 'Log lines, oldest first';
export const lifeOfThisTask = 'Life of this task';
export const nothingIsKnownOfIt = 'Nothing is known of it yet.';
export const itsHealthCannotBeRead = 'Its health cannot be read, so its probes cannot be seen.';
export const noHealthCheckIsKnown = 'No health check is known for this replica, so there are no probes.';
export const noProbeOfItsPresent = 'No probe of its present task has ended yet.';
export const timeThatIsShown = 'Time that is shown';
export const lastOfThisTaskNewest = (plural: Fact) => `Last ${plural} of this task, newest first`;
export const stuckSwarmHasMissedThat =
  'Stuck: it should be stopped by now. Swarm has missed it, or its engine cannot stop it.';
export const thisReplicaDoesNotExist =
  'This replica does not exist any more: its service was scaled down, its node left, or the service was removed.';
export const whenItsContainerEnded = 'when its container ended';
export const noHealthCheckIsKnown2 = 'no health check is known';
export const noHealthIsKnownOf = 'no health is known of it now';
export const inTheLoadBalancerBy = 'in the load balancer, by Docker’s rule';
export const notInTheLoadBalancer = 'not in the load balancer, by Docker’s rule';
export const itCannotBeTold = 'it is not known';
export const noneHasEndedInThis = 'none has ended in this task';
