import type { LabHost } from '#e2e/lab/lab.ts';

/** Does this manager answer for its swarm? One that was promoted, or lost its leader, does so later than others. */
export const takesOrders = (host: LabHost): Promise<boolean> =>
  host.docker('node', 'ls').then(
    () => true,
    () => false,
  );
