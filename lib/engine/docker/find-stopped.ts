import { type ContainerSummary, EngineError, type StoppedContainers } from '#lib/engine/port.ts';

/** Keeps the query within what proxies and agents take: 3.7 kB with whole ids. */
const MAX_IDS = 50;
/** Docker takes the beginning of an id for it, where no other begins so. */
const PREFIX_CHARS = 16;
/** All that Docker knows but `running` (moby `daemon/container/state.go`). */
const STOPPED = ['created', 'restarting', 'removing', 'paused', 'exited', 'dead'];
/** A label that no container has: what is asked is whether the others are there, and nothing is to be listed. */
const NOTHING = ['none'];

/**
 * Which of these containers, which are held to run, do not? Two questions, whose answers are `[]` where all do. The filters `id`
 * and `status` give those that stand still. Of what is gone they say nothing; but each value of `since` must be a container that
 * is there, or the answer is an error (moby `daemon/list.go`, foldFilter; seen on 20.10, 28.5 and 29.1).
 */
export async function findStopped(
  ids: readonly string[],
  list: (filters: Record<string, string[]>) => Promise<ContainerSummary[]>,
): Promise<StoppedContainers> {
  const stopped: string[] = [];
  let isMissing = false;
  for (let at = 0; at < ids.length; at += MAX_IDS) {
    const some = ids.slice(at, at + MAX_IDS);
    const asked = new Set(some);
    const prefixes = some.map((id) => id.slice(0, PREFIX_CHARS));
    const listed = await list({ 'is-task': ['true'], id: prefixes, status: STOPPED });
    // An agent of an earlier release lists all.
    for (const { id, state } of listed) if (asked.has(id) && state !== 'running') stopped.push(id);
    isMissing = isMissing || (await isOneMissing(some, list));
  }
  return { stopped, isMissing };
}

async function isOneMissing(
  ids: readonly string[],
  list: (filters: Record<string, string[]>) => Promise<ContainerSummary[]>,
): Promise<boolean> {
  try {
    await list({ since: [...ids], label: NOTHING });
    return false;
  } catch (error) {
    if (isNoSuchContainer(error)) return true;
    // An agent of an earlier release finds the question too long; what it does not answer the full lists tell, later.
    if (error instanceof EngineError && error.kind === 'http') return false;
    throw error;
  }
}

/** 404, on 20.10 500: `No such container: ID`. */
function isNoSuchContainer(error: unknown): boolean {
  if (!(error instanceof EngineError) || (error.statusCode !== 404 && error.statusCode !== 500)) return false;
  return /no such container/i.test(error.message);
}
