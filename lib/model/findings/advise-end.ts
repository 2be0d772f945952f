import type { Cause } from '#lib/model/contract/diagnosis.ts';
import { findExitCode } from '#lib/model/docker/find-exit-code.ts';
import { findMissingPath } from '#lib/model/docker/find-missing-path.ts';
import { findTakenPort } from '#lib/model/docker/find-taken-port.ts';
import { selectRunProbes } from '#lib/model/docker/select-run-probes.ts';
import type { TaskEnd } from '#lib/model/docker/task-end.ts';
import { wasNeverHealthy } from '#lib/model/status/was-never-healthy.ts';
import { adviseProbe } from './advise-probe.ts';

/** What to do next about a task that ended for this cause on this host; `null` where nothing is plain. */
export function adviseEnd(end: TaskEnd, cause: Cause, host: string): string | null {
  const { service, task } = end;
  switch (cause) {
    case 'killed-for-health': {
      const last = end.container === null ? undefined : selectRunProbes(end.container).at(-1);
      const start = `If it only needs longer to start, give it a start period: docker service update --health-start-period TIME ${service.name}.`;
      return adviseProbe(last, service) ?? (wasNeverHealthy(end) ? start : null);
    }
    case 'out-of-memory':
      return `Let it use less, or raise its limit: docker service update --limit-memory SIZE ${service.name}.`;
    case 'port-in-use': {
      const port = findTakenPort(task.error ?? '');
      return port === null ? null : `See what holds it, on ${host}: ss -ltnp 'sport = :${port}'.`;
    }
    case 'mount-missing': {
      const path = findMissingPath(task.error ?? '');
      return path === null
        ? null
        : `Make it on ${host}, or keep the service to nodes that have it with a placement constraint.`;
    }
    case 'image-missing':
      return `Try it on ${host}: docker pull ${task.image === '' ? service.image : task.image}.`;
    case 'exit-code':
    case 'ended': {
      const hasRun = findExitCode(end) !== null;
      return hasRun ? `Read its last words: docker service logs --tail 50 ${task.id}.` : null;
    }
    default:
      return null;
  }
}
