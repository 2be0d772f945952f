import type { LogReader } from '#lib/engine/port.ts';
import type { Timers } from '#lib/flow/timers.ts';
import { createLogs, type Logs } from '#lib/logs/create-logs.ts';
import { LOG_LIMITS, type LogLimits } from '#lib/logs/limits.ts';
import type { LogTarget } from '#lib/logs/log-target.ts';
import type { ServiceDetail } from '#lib/model/contract/detail.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findLogTargets, findTaskTarget } from './find-log-targets.ts';

/** Whose log: a service's, one replica's, or one of its tasks'. */
export interface LogSubject {
  /** Name of the service. */
  name: string;
  key: string | null;
  /** A task of the replica with that key; `null`: its newest, and those that follow it. */
  taskId: string | null;
}

/** Container logs, of the swarm's tasks and of nothing else. */
export interface LogAccess {
  /** Whether the logs of the service of this name are for whoever asks. */
  mayRead(name: string): boolean;
  /** Reads what `targets` needs to know of tasks that are over, where it is not known here. */
  prepare(subject: LogSubject): Promise<void>;
  /** Its containers now; `null`: there is no such service, replica or task. */
  targets(subject: LogSubject): LogTarget[] | null;
  logs: Logs;
}

export function createLogAccess(options: {
  clientOf(nodeId: string): LogReader | null;
  picture(): SwarmPicture;
  serviceDetail(name: string): ServiceDetail | null;
  timers: Timers;
  limits?: LogLimits;
}): LogAccess {
  const { picture, serviceDetail, timers, clientOf, limits = LOG_LIMITS } = options;
  const isUp = ({ taskId, key }: LogTarget) =>
    picture().services.some(({ replicas }) =>
      replicas.some((one) => one.key === key && one.taskId === taskId && one.taskState === 'running'),
    );

  return {
    mayRead: () => true,
    prepare: async () => {},
    logs: createLogs({ clientOf, isUp, timers, limits }),
    targets({ name, key, taskId }) {
      const service = picture().services.find((one) => one.name === name || one.id === name);
      if (!service) return null;
      if (key !== null && taskId !== null) {
        const detail = serviceDetail(name);
        const target = detail && findTaskTarget(detail, key, taskId);
        return target ? [target] : null;
      }
      if (key !== null && !service.replicas.some((one) => one.key === key)) return null;
      return findLogTargets(service, key, () => serviceDetail(name));
    },
  };
}
