import { formatCount } from './format-count.ts';

/** `1 replica`, `3 replicas`; `many` is given where it is not `one` with an s. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
