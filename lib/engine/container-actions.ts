/** Docker's actions on a container that change its state; beside them there are `health_status` and `exec_die`. */
export const CONTAINER_ACTIONS = [
  'create',
  'start',
  'die',
  'oom',
  'kill',
  'stop',
  'pause',
  'unpause',
  'restart',
  'destroy',
] as const;

export type ContainerAction = (typeof CONTAINER_ACTIONS)[number];
