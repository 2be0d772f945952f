import { AsyncLocalStorage } from 'node:async_hooks';
import { setSwarmPath, toSwarmPrefix } from '#lib/view/links/to-path.ts';

const current = new AsyncLocalStorage<string>();

/** Whatever `answer` does, and whatever follows from that, has the paths of this swarm; `null`: of what is above all. */
export function inSwarm<T>(name: string | null, answer: () => T): T {
  return name === null ? current.exit(answer) : current.run(name, answer);
}

/** For the start of a server that shows several swarms. */
export function beginSwarmPaths(): void {
  setSwarmPath(() => {
    const name = current.getStore();
    return name === undefined ? '' : toSwarmPrefix(name);
  });
}
