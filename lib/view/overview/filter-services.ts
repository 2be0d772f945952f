import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { isProblem } from '#lib/model/status/severity.ts';
import type { OverviewFilter } from './overview-filter.ts';
import { tallyReplicas } from './tally-replicas.ts';

const PROBLEMS = ['failed', 'lost', 'unhealthy', 'pending', 'failing', 'unknown'] as const;

function hasProblem(service: ServicePicture): boolean {
  if (isProblem(service.verdict) || service.verdict === 'unknown') return true;
  const { byStatus } = tallyReplicas(service);
  return PROBLEMS.some((status) => byStatus[status] > 0);
}

/** The ids of the services that answer to every part of the filter. */
export function filterServices(services: readonly ServicePicture[], filter: OverviewFilter): Set<string> {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const image = filter.image.toLowerCase();
  const answers = (service: ServicePicture) => {
    if (filter.stack !== null && (service.stack ?? '-') !== filter.stack) return false;
    if (filter.problems && !hasProblem(service)) return false;
    if (filter.status !== null && tallyReplicas(service).byStatus[filter.status] === 0) return false;
    if (image !== '' && !service.image.toLowerCase().includes(image)) return false;
    const text = `${service.name} ${service.stack ?? ''} ${service.image}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) return false;
    const { node } = filter;
    return node === null || service.replicas.some((one) => one.hostname === node || one.nodeId === node);
  };
  return new Set(services.filter(answers).map(({ id }) => id));
}
