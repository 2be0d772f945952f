import { EngineError } from '#lib/engine/port.ts';

/** Every path that is ever asked for. */
export type DockerPath =
  | '/_ping'
  | '/version'
  | '/info'
  | '/nodes'
  | '/services'
  | '/tasks'
  | '/networks'
  /** Of an agent alone. */
  | '/vitals/ports'
  | '/containers/json'
  | `/containers/${string}/json`
  | `/containers/${string}/logs`
  | `/containers/${string}/stats`
  | '/events';

const FIXED: readonly string[] = [
  '/_ping',
  '/version',
  '/info',
  '/nodes',
  '/services',
  '/tasks',
  '/networks',
  '/vitals/ports',
  '/containers/json',
  '/events',
];
const OF_CONTAINER = /^\/containers\/[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}\/(?:json|logs|stats)$/;

/** Whether it is one of the paths above, and nothing smuggled in by an id (`../`, `?`). */
export function isDockerPath(path: string): path is DockerPath {
  return FIXED.includes(path) || OF_CONTAINER.test(path);
}

/** @throws EngineError `garbled` for an id that Docker would not give */
export function toInspectPath(containerId: string): DockerPath {
  return toContainerPath(containerId, 'json');
}

/** @throws EngineError `garbled` for an id that Docker would not give */
export function toLogsPath(containerId: string): DockerPath {
  return toContainerPath(containerId, 'logs');
}

/** @throws EngineError `garbled` for an id that Docker would not give */
export function toStatsPath(containerId: string): DockerPath {
  return toContainerPath(containerId, 'stats');
}

function toContainerPath(containerId: string, what: 'json' | 'logs' | 'stats'): DockerPath {
  const path = `/containers/${containerId}/${what}`;
  if (!isDockerPath(path)) throw new EngineError('garbled', `"${containerId}" is not a container id.`);
  return path;
}
