import { PLAIN, SPECIAL } from './catalog.ts';
import { createRandom } from './create-random.ts';
import type { ServicePlan } from './service-plan.ts';

export interface SwarmSize {
  nodes: number;
  /** `null`: the default swarm's own, with its special cases. */
  services: number | null;
  replicas: number | null;
  seed: number;
}

const SIZED_INTERVAL_MS = 10_000;

/**
 * The services of a swarm of this size. A given size is met exactly (at least one replica per service; the global one
 * takes a replica on every node), with ordinary services only, all probed every 10 s.
 *
 * @throws RangeError when the numbers do not go together
 */
export function planServices({ nodes, services, replicas, seed }: SwarmSize): ServicePlan[] {
  if (services === null && replicas === null) return [...PLAIN, ...SPECIAL];
  const count = services ?? PLAIN.length;
  const plans = Array.from({ length: count }, (_, index) => toSized(index));
  const replicated = plans.filter(({ mode }) => mode.kind === 'replicated');
  const globals = plans.length - replicated.length;
  const wanted = (replicas ?? count * 10) - globals * nodes;
  if (wanted < replicated.length) {
    throw new RangeError(
      `${count} services on ${nodes} nodes need at least ${replicated.length + globals * nodes} replicas.`,
    );
  }
  const shares = share(wanted, replicated.length, seed);
  let next = 0;
  return plans.map((plan) =>
    plan.mode.kind === 'replicated'
      ? { ...plan, mode: { kind: 'replicated', replicas: shares[next++] ?? 1 } }
      : plan,
  );
}

function toSized(index: number): ServicePlan {
  const plan = PLAIN[index % PLAIN.length];
  if (!plan) throw new RangeError('The catalog is empty.');
  const round = Math.floor(index / PLAIN.length);
  const check = plan.check && { ...plan.check, intervalMs: SIZED_INTERVAL_MS };
  if (round === 0) return { ...plan, check };
  const mode = { kind: 'replicated', replicas: 1 } as const;
  return { ...plan, check, mode, stack: `${plan.stack}-${round + 1}`, publishedPort: null, ports: [] };
}

/** Some services are much bigger than others; the sum is exact. */
function share(total: number, parts: number, seed: number): number[] {
  const random = createRandom(seed);
  const weights = Array.from({ length: parts }, () => 0.3 + random.next() ** 3);
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const shares = weights.map((weight) => 1 + Math.floor(((total - parts) * weight) / sum));
  let rest = total - shares.reduce((all, one) => all + one, 0);
  for (let index = 0; rest > 0; index = (index + 1) % parts, rest -= 1)
    shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
