import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import type { Target } from './subject.ts';

/** Healthy replicas, the services by turns, so that what is measured is spread over the page. */
export function listTargets({ services }: Pick<SwarmPicture, 'services'>): Target[] {
  const queues = services.map(({ name, replicas }) =>
    replicas
      .filter(({ status, slot }) => status === 'healthy' && slot !== null)
      .map(({ key }) => ({ service: name, slot: key })),
  );
  const targets: Target[] = [];
  for (let round = 0; queues.some((queue) => queue.length > round); round += 1)
    targets.push(...queues.flatMap((queue) => queue[round] ?? []));
  // A stride over the whole list: neighbours on the page do not follow each other.
  const stride = Math.max(1, Math.round(targets.length * 0.381966));
  const seen = new Set<number>();
  return targets.map((_, index) => {
    let place = (index * stride) % targets.length;
    while (seen.has(place)) place = (place + 1) % targets.length;
    seen.add(place);
    return targets[place] as Target;
  });
}
