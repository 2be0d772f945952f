import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { isServiceWell } from '#lib/model/status/decide-service-status.ts';
import type { ServiceTally } from './create-tallies.ts';
import type { Metric, Sample } from './metric.ts';
import { MAX_NODES } from './to-swarm-metrics.ts';

/** More services than this are left out, those that are well first; each has about ten series. */
export const MAX_SERVICES = 2_000;
/** Replicas with a failing streak are shown one by one up to here, the highest streaks first. */
export const MAX_STREAKS = 1_000;

/** What is so of the services now, and what happened since start. */
export function toServiceMetrics(
  services: readonly ServicePicture[],
  tallies: ReadonlyMap<string, ServiceTally> | null,
  nodeCount: number,
): Metric[] {
  const shown = chooseServices(services);
  const perService = (value: (service: ServicePicture) => number | null): Sample[] =>
    shown.flatMap((service) => {
      const found = value(service);
      return found === null ? [] : [{ labels: toLabels(service), value: found }];
    });
  const failing = services.flatMap((service) =>
    service.replicas
      .filter(({ health }) => (health?.failingStreak ?? 0) > 0)
      .map((replica) => ({ service, replica, streak: replica.health?.failingStreak ?? 0 })),
  );
  failing.sort((a, b) => b.streak - a.streak);
  return [
    gauge(
      'service_ok',
      '1 when all is well with the service, as GET /api/status/{service} decides; else 0.',
      perService((service) => Number(isServiceWell(service))),
    ),
    gauge(
      'service_verdict',
      'The verdict of the service: 1 for the one that it has.',
      shown.map((service) => ({ labels: toLabels(service, 'verdict', service.verdict), value: 1 })),
    ),
    gauge(
      'service_update_outcome',
      'What became of the last update of the service: 1 for the outcome that it has; services never updated are left out.',
      shown.flatMap((service) =>
        service.update === null
          ? []
          : [{ labels: toLabels(service, 'outcome', service.update.outcome), value: 1 }],
      ),
    ),
    gauge(
      'service_replicas_desired',
      'Replicas wanted; completions for jobs.',
      perService((one) => one.desired),
    ),
    gauge(
      'service_replicas_running',
      'Replicas that are up.',
      perService((one) => one.running),
    ),
    gauge(
      'service_replicas_healthy',
      'Replicas whose health check passes, or that have none and run.',
      perService((one) => one.healthy),
    ),
    gauge(
      'replicas',
      'Replicas by status; statuses that no replica has are left out.',
      shown.flatMap(countStatuses),
    ),
    gauge(
      'service_failing_streak',
      'The longest failing streak of the replicas of a service with a health check.',
      perService((service) => toHighest(service.replicas, ({ health }) => health?.failingStreak ?? null)),
    ),
    gauge(
      'service_last_probe_seconds',
      'How long the slowest of the last probes of the replicas took.',
      perService((service) =>
        toHighest(service.replicas, ({ health }) =>
          health?.lastProbe ? health.lastProbe.durationMs / 1_000 : null,
        ),
      ),
    ),
    gauge(
      'service_restarts_1h',
      'Tasks of the service that ended badly in the last hour.',
      perService(({ replicas }) => replicas.reduce((sum, { restarts1h }) => sum + restarts1h, 0)),
    ),
    gauge(
      'service_replicas_stuck',
      'Replicas that are unhealthy and that Swarm has missed; services without one are left out.',
      perService(({ replicas }) => replicas.filter(({ stuck }) => stuck).length || null),
    ),
    gauge(
      'replica_failing_streak',
      'Failing probes in a row, of the replicas that have any.',
      failing.slice(0, MAX_STREAKS).map(({ service, replica, streak }) => ({
        labels: { ...toLabels(service), replica: replica.key, node: replica.hostname ?? '' },
        value: streak,
      })),
    ),
    ...(tallies === null ? [] : toTallyMetrics(shown, tallies)),
    gauge('metrics_left_out', 'What exists and has no series here: there is a limit on how many.', [
      { labels: { kind: 'services' }, value: services.length - shown.length },
      { labels: { kind: 'failing_streaks' }, value: Math.max(0, failing.length - MAX_STREAKS) },
      { labels: { kind: 'nodes' }, value: Math.max(0, nodeCount - MAX_NODES) },
    ]),
  ];
}

/** What happened since start. */
function toTallyMetrics(
  shown: readonly ServicePicture[],
  tallies: ReadonlyMap<string, ServiceTally>,
): Metric[] {
  return [
    counter(
      'probes_total',
      'Probes read since start, by result. In large swarms those that pass are read in part.',
      shown.flatMap((service) =>
        Object.entries(tallies.get(service.id)?.probes ?? {}).map(([result, value]) => ({
          labels: toLabels(service, 'result', result),
          value,
        })),
      ),
    ),
    counter(
      'restarts_total',
      'Tasks that ended badly since start, by cause.',
      shown.flatMap((service) =>
        [...(tallies.get(service.id)?.restarts ?? [])].map(([cause, value]) => ({
          labels: toLabels(service, 'cause', cause),
          value,
        })),
      ),
    ),
  ];
}

function gauge(name: string, help: string, samples: Sample[]): Metric {
  return { name: `swarm_vitals_${name}`, help, kind: 'gauge', samples };
}

function counter(name: string, help: string, samples: Sample[]): Metric {
  return { ...gauge(name, help, samples), kind: 'counter' };
}

/**
 * The labels of a service, with one more or none: the same object for as long as the service stays the same, so that they
 * are written out once (`formatMetric`).
 */
function toLabels(service: ServicePicture, more = '', value = ''): Labels {
  const known = made.get(service) ?? new Map<string, Labels>();
  made.set(service, known);
  const key = `${more}=${value}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const own = { service: service.name, stack: service.stack ?? '' };
  const labels = more === '' ? own : { ...own, [more]: value };
  known.set(key, labels);
  return labels;
}

type Labels = Readonly<Record<string, string>>;
// Pictures are immutable and shared in parts.
const made = new WeakMap<ServicePicture, Map<string, Labels>>();

/** In the picture's order, while there is room for all of them. */
function chooseServices(services: readonly ServicePicture[]): readonly ServicePicture[] {
  if (services.length <= MAX_SERVICES) return services;
  const rank = ({ verdict }: ServicePicture) => VERDICTS.indexOf(verdict);
  return services.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_SERVICES);
}

function countStatuses(service: ServicePicture): Sample[] {
  const counts = new Map<string, number>();
  for (const { status } of service.replicas) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, value]) => ({ labels: toLabels(service, 'status', status), value }));
}

function toHighest(replicas: readonly Replica[], of: (replica: Replica) => number | null): number | null {
  let highest: number | null = null;
  for (const replica of replicas) {
    const value = of(replica);
    if (value !== null && (highest === null || value > highest)) highest = value;
  }
  return highest;
}
