import type { ServiceHead } from '#lib/model/contract/picture.ts';

/** The services of one stack, by id; `stack` is null for those that belong to none. */
export interface Stack {
  stack: string | null;
  serviceIds: string[];
}

type Grouped = readonly Pick<ServiceHead, 'id' | 'stack'>[];

/** Are the same services at the same places, in the same stacks? Then `toStacks` of both is the same. */
export function hasSameStacks(a: Grouped, b: Grouped): boolean {
  return (
    a.length === b.length &&
    a.every((one, index) => {
      const other = b[index];
      return one === other || (one.id === other?.id && one.stack === other.stack);
    })
  );
}

/** Groups services by stack in alphabetical order; those without a stack come last. */
export function toStacks(services: Grouped): Stack[] {
  const byStack = new Map<string | null, string[]>();
  for (const { id, stack } of services) {
    const ids = byStack.get(stack);
    if (ids === undefined) byStack.set(stack, [id]);
    else ids.push(id);
  }
  return [...byStack]
    .map(([stack, serviceIds]) => ({ stack, serviceIds }))
    .sort((a, b) => (a.stack === null ? 1 : b.stack === null ? -1 : a.stack < b.stack ? -1 : 1));
}
