import type { Availability } from '#lib/model/contract/availability.ts';
import type { Finding } from '#lib/model/contract/finding.ts';
import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/service.ts';
import { isUp, STATUS_FACTS, toSeverity } from '#lib/model/status/severity.ts';

/** What a service is for its uptime: the one rule of what counts as up. */
export function decideAvailability(
  service: Pick<ServicePicture, 'mode' | 'desired' | 'running' | 'verdict'> & {
    replicas: readonly Pick<Replica, 'status'>[];
    findings: readonly Pick<Finding, 'cause'>[];
  },
): Availability {
  const { mode, desired, running, verdict, replicas, findings } = service;
  if (desired === 0 || isJob({ mode })) return 'uncounted';
  if (replicas.some(({ status }) => isUp(status))) {
    const severity = toSeverity(verdict);
    const isBad = severity === 'critical' || severity === 'warning';
    return isBad && running < desired ? 'reduced' : 'up';
  }
  if (replicas.some(({ status }) => status === 'unknown')) return 'unknown';
  // What was down when the last manager fell silent may be up again.
  if (findings.some(({ cause }) => cause === 'tasks-unlisted')) return 'unknown';
  // An update that leaves nobody up is downtime; a first start is not.
  if (verdict === 'starting') return 'uncounted';
  const isLeftAlone = replicas.length > 0 && replicas.every(({ status }) => !STATUS_FACTS[status].counted);
  return isLeftAlone ? 'uncounted' : 'down';
}
