import type { MomentReplica } from '#lib/model/contract/moment.ts';
import { STATUS_FACTS } from '#lib/model/status/severity.ts';
import type { OverviewFilter } from '#lib/view/overview/overview-filter.ts';

/**
 * The replicas of those services that answer to every part of the filter, as the overview of now takes it: a service with
 * all of its replicas, or with none. Which ports, addresses and networks it had then is not kept.
 */
export function filterMoment(replicas: readonly MomentReplica[], filter: OverviewFilter): MomentReplica[] {
  const { stack, status, node, problems } = filter;
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const image = filter.image.toLowerCase();
  const answers = (own: readonly MomentReplica[]) => {
    if (stack !== null && (own[0]?.stack ?? '-') !== stack) return false;
    if (problems && own.every((one) => STATUS_FACTS[one.status].severity === 'ok')) return false;
    if (status !== null && own.every((one) => one.status !== status)) return false;
    if (image !== '' && !own.some((one) => one.image?.toLowerCase().includes(image))) return false;
    if (node !== null && !own.some((one) => one.hostname === node || one.nodeId === node)) return false;
    const images = new Set(own.map((one) => one.image ?? ''));
    const text = [own[0]?.serviceName ?? '', own[0]?.stack ?? '', ...images].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return [...Map.groupBy(replicas, ({ serviceId }) => serviceId).values()].filter(answers).flat();
}
