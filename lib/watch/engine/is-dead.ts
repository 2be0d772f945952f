/** Of a container's state: it runs no more, and what can be read of it stays as it is. */
export function isDead(state: string): boolean {
  return state === 'exited' || state === 'dead';
}
