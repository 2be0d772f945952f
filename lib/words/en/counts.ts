import { formatCount } from '#lib/model/text/format-count.ts';

/** How many of what: `1 replica`, `1,184 replicas`. */
function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

export const countAttempts = (count: number) => plural(count, 'attempt');
export const countCompletions = (count: number) => plural(count, 'completion');
export const countContainers = (count: number) => plural(count, 'container');
export const countEngines = (count: number) => plural(count, 'engine');
export const countFailed = (count: number) => plural(count, 'failed', 'failed');
export const countFailures = (count: number) => plural(count, 'failure');
export const countGlobalServices = (count: number) => plural(count, 'global service');
export const countMore = (count: number) => plural(count, 'more', 'more');
export const countMoreContainers = (count: number) => plural(count, 'more container');
export const countMoreServices = (count: number) => plural(count, 'more service');
export const countMoreTasks = (count: number) => plural(count, 'more task');
export const countNewTasks = (count: number) => plural(count, 'new task');
export const countNodes = (count: number) => plural(count, 'node');
export const countPorts = (count: number) => plural(count, 'port');
export const countProbes = (count: number) => plural(count, 'probe');
export const countReplicas = (count: number) => plural(count, 'replica');
export const countRestarts = (count: number) => plural(count, 'task restart');
export const countResults = (count: number) => plural(count, 'result');
export const countRetries = (count: number) => plural(count, 'retry', 'retries');
export const countRuns = (count: number) => plural(count, 'run');
export const countServices = (count: number) => plural(count, 'service');
export const countTasks = (count: number) => plural(count, 'task');
export const countVips = (count: number) => plural(count, 'VIP');

export const ofTotal = (count: number, total: number) => `${formatCount(count)} of ${formatCount(total)}`;
export const every = (interval: string, retries: string) => `every ${interval}, ${retries}`;
