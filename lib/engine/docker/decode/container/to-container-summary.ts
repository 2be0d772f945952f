import {
  type DockerObject,
  isDockerObject,
  readCount,
  readId,
  readNumber,
  readObject,
  readText,
} from '#lib/engine/docker/decode/raw.ts';
import type { ContainerSummary } from '#lib/engine/port.ts';
import type { HealthStatus } from '#lib/model/docker/container.ts';
import { toHealthStatus } from './to-health-status.ts';
import { toUpTime } from './to-up-time.ts';

/** The year 10000: no date of Docker's is later. */
const MAX_SECONDS = 253_402_300_800;
const HEALTH_IN_STATUS = /\((?:health: )?(starting|healthy|unhealthy)\)\s*$/;

/**
 * One entry of `GET /containers/json`; `null` without an id. Health is given only while it runs: Docker forces
 * `unhealthy` on what is paused or ended.
 */
export function toContainerSummary(raw: unknown, skewMs: number): ContainerSummary | null {
  const container = readObject(raw);
  const id = readId(container.Id);
  const state = readText(container.State);
  if (id === null || state === null) return null;
  const createdAtSeconds = readNumber(container.Created);
  const health = state === 'running' ? toHealth(container) : null;
  return {
    id,
    taskId: readId(readObject(container.Labels)['com.docker.swarm.task.id']),
    state,
    healthStatus: health?.status ?? null,
    failingStreak: health?.failingStreak ?? null,
    isHealthWhole: state === 'running' && isWhole(container.Health),
    createdAtMs:
      createdAtSeconds === null || createdAtSeconds <= 0 || createdAtSeconds > MAX_SECONDS
        ? null
        : createdAtSeconds * 1000 - skewMs,
    up: state === 'running' ? toUpTime(readText(container.Status)) : null,
    skewMs,
  };
}

/** Structured from API 1.52; before that, the end of a text such as `Up 5 minutes (health: starting)`. */
function toHealth(container: DockerObject): { status: HealthStatus; failingStreak: number | null } | null {
  const structured = isDockerObject(container.Health) ? container.Health : null;
  const word = structured ? structured.Status : HEALTH_IN_STATUS.exec(readText(container.Status) ?? '')?.[1];
  const status = toHealthStatus(word);
  return status && { status, failingStreak: structured ? readCount(structured.FailingStreak) : null };
}

/** Both are always there from API 1.52 on (moby daemon/container/view.go, transform); before, and from a look-alike, there is less. */
function isWhole(raw: unknown): boolean {
  const { Status, FailingStreak } = readObject(raw);
  return (Status === 'none' || toHealthStatus(Status) !== null) && readCount(FailingStreak) !== null;
}
