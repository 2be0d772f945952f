import type { Task } from '#lib/model/docker/task.ts';

/** One address that several running tasks have. */
export interface DoubledAddress {
  address: string;
  tasks: readonly Task[];
}

/** Which running task has which address, so that one given twice is found where a task changes. */
export interface AddressIndex {
  /** All tasks of this service that a manager lists now. */
  set(serviceId: string, tasks: readonly Task[]): void;
  doubled(): readonly DoubledAddress[];
}

const NONE: readonly DoubledAddress[] = [];

export function createAddressIndex(): AddressIndex {
  /** The first that has it; a second is in `doubled` with it. */
  const holders = new Map<string, Task>();
  const doubled = new Map<string, Map<string, Task>>();
  const byService = new Map<string, Map<string, Task>>();

  function add(task: Task): void {
    for (const address of task.addresses) {
      const holder = holders.get(address);
      if (holder === undefined || holder.id === task.id) holders.set(address, task);
      else {
        const all = doubled.get(address) ?? new Map([[holder.id, holder]]);
        doubled.set(address, all.set(task.id, task));
      }
    }
  }

  function remove(task: Task): void {
    for (const address of task.addresses) {
      const all = doubled.get(address);
      all?.delete(task.id);
      if (holders.get(address)?.id === task.id) holders.delete(address);
      const [left] = all?.values() ?? [];
      if (left !== undefined) holders.set(address, left);
      if (all !== undefined && all.size < 2) doubled.delete(address);
    }
  }

  return {
    set(serviceId, tasks) {
      const before = byService.get(serviceId);
      const now = new Map<string, Task>();
      for (const task of tasks) if (hasAddress(task)) now.set(task.id, task);
      if (before === undefined && now.size === 0) return;
      for (const [id, task] of before ?? []) if (now.get(id) !== task) remove(task);
      for (const [id, task] of now) if (before?.get(id) !== task) add(task);
      if (now.size === 0) byService.delete(serviceId);
      else byService.set(serviceId, now);
    },
    doubled: () =>
      doubled.size === 0
        ? NONE
        : [...doubled].map(([address, tasks]) => ({ address, tasks: [...tasks.values()] })),
  };
}

/** One that ended, or was told to, gives its address back. */
function hasAddress({ state, desiredState, addresses }: Task): boolean {
  return state === 'running' && desiredState === 'running' && addresses.length > 0;
}
