import type { Container } from './container.ts';

/** Has the container's process ended? Swarm never starts a container a second time. */
export function isDeadContainer(container: Container): boolean {
  return container.state === 'exited' || container.state === 'dead' || container.state === 'removing';
}
