import type { Replica, ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS } from '#lib/model/contract/verdict.ts';
import { isServiceWell } from '#lib/model/status/decide-service-status.ts';
import type { ServiceTally } from './create-tallies.ts';
import type { Metric, Samples } from './metric.ts';
import { MAX_NODES } from './to-swarm-metrics.ts';

/** More services than this are left out, those that are well first; each has about ten series. */
export const MAX_SERVICES = 2_000;
/** Replicas with a failing streak are shown one by one up to here, the highest streaks first. */
export const MAX_STREAKS = 1_000;

/** With some ten replicas each, they are reckoned in two or three milliseconds. */
const SERVICES_A_TURN = 100;

/** What is so of the services now, and what happened since start; `null` where others should have their turn. */
export function* toServiceMetrics(
  services: readonly ServicePicture[],
  tallies: ReadonlyMap<string, ServiceTally> | null,
  nodeCount: number,
): Generator<Metric | null> {
  const shown = chooseServices(services);
  const series: Series[] = [];
  for (const service of shown) {
    series.push(toSeries(service));
    if (series.length % SERVICES_A_TURN === 0) yield null;
  }
  const isDouble = new Set(shown.map(({ name, stack }) => `${stack}/${name}`)).size < shown.length;
  const gaugeOf = (name: SeriesName, help: string) => {
    const parts = series.map((own) => own[name]);
    return gauge(name, help, isDouble ? [parts.flat()] : parts);
  };
  yield gaugeOf(
    'service_ok',
    '1 when all is well with the service, as GET /api/status/{service} decides; else 0.',
  );
  yield gaugeOf('service_verdict', 'The verdict of the service: 1 for the one that it has.');
  yield gaugeOf(
    'service_update_outcome',
    'What became of the last update of the service: 1 for the outcome that it has; services never updated are left out.',
  );
  yield gaugeOf('service_replicas_desired', 'Replicas wanted; completions for jobs.');
  yield gaugeOf('service_replicas_running', 'Replicas that are up.');
  yield gaugeOf('service_replicas_healthy', 'Replicas whose health check passes, or that have none and run.');
  yield gaugeOf('replicas', 'Replicas by status; statuses that no replica has are left out.');
  yield gaugeOf(
    'service_failing_streak',
    'The longest failing streak of the replicas of a service with a health check.',
  );
  yield gaugeOf(
    'service_last_probe_seconds',
    'How long the slowest of the last probes of the replicas took.',
  );
  yield gaugeOf('service_restarts_1h', 'Tasks of the service that ended badly in the last hour.');
  yield gaugeOf(
    'service_replicas_stuck',
    'Replicas that are unhealthy and that Swarm has missed; services without one are left out.',
  );
  yield gaugeOf(
    'service_silenced',
    '1 for a service with a problem that somebody silenced; its verdict is what it is. Others are left out.',
  );
  const all = services.length === shown.length ? series : [];
  if (all !== series)
    for (const service of services) {
      all.push(toSeries(service));
      if (all.length % SERVICES_A_TURN === 0) yield null;
    }
  yield gauge('swarm_replicas', 'Replicas of all services by status, also of services without series here.', [
    sumStatuses(all),
  ]);
  const failing = all.flatMap((own) => own.replica_failing_streak);
  yield gauge('replica_failing_streak', 'Failing probes in a row, of the replicas that have any.', [
    failing.toSorted((a, b) => b.value - a.value).slice(0, MAX_STREAKS),
  ]);
  if (tallies !== null) yield* toTallyMetrics(shown, tallies);
  yield gauge('metrics_left_out', 'What exists and has no series here: there is a limit on how many.', [
    [
      { labels: { kind: 'services' }, value: services.length - shown.length },
      { labels: { kind: 'failing_streaks' }, value: Math.max(0, failing.length - MAX_STREAKS) },
      { labels: { kind: 'nodes' }, value: Math.max(0, nodeCount - MAX_NODES) },
    ],
  ]);
}

/** The series that follow from a service alone, by the name of their metric. */
type Series = Record<SeriesName, Samples>;
type SeriesName =
  | 'service_ok'
  | 'service_verdict'
  | 'service_update_outcome'
  | 'service_replicas_desired'
  | 'service_replicas_running'
  | 'service_replicas_healthy'
  | 'replicas'
  | 'service_failing_streak'
  | 'service_last_probe_seconds'
  | 'service_restarts_1h'
  | 'service_replicas_stuck'
  | 'service_silenced'
  | 'replica_failing_streak';

// Pictures are immutable and shared in parts: what follows from a service is reckoned once for as long as it stays the same.
const known = new WeakMap<ServicePicture, Series>();
const NONE: Samples = [];

function toSeries(service: ServicePicture): Series {
  const before = known.get(service);
  if (before !== undefined) return before;
  const { replicas, verdict, update } = service;
  const labels = toLabels(service);
  const one = (value: number | null): Samples => (value === null ? NONE : [{ labels, value }]);
  const series: Series = {
    service_ok: one(Number(isServiceWell(service))),
    service_verdict: [{ labels: toLabels(service, 'verdict', verdict), value: 1 }],
    service_update_outcome:
      update === null ? NONE : [{ labels: toLabels(service, 'outcome', update.outcome), value: 1 }],
    service_replicas_desired: one(service.desired),
    service_replicas_running: one(service.running),
    service_replicas_healthy: one(service.healthy),
    replicas: countStatuses(service),
    service_failing_streak: one(toHighest(replicas, ({ health }) => health?.failingStreak ?? null)),
    service_last_probe_seconds: one(
      toHighest(replicas, ({ health }) => (health?.lastProbe ? health.lastProbe.durationMs / 1_000 : null)),
    ),
    service_restarts_1h: one(replicas.reduce((sum, { restarts1h }) => sum + restarts1h, 0)),
    service_replicas_stuck: one(replicas.filter(({ stuck }) => stuck).length || null),
    service_silenced: one(service.silenced == null ? null : 1),
    replica_failing_streak: replicas
      .filter(({ health }) => (health?.failingStreak ?? 0) > 0)
      .map(({ key, hostname, health }) => ({
        labels: { ...labels, replica: key, node: hostname ?? '' },
        value: health?.failingStreak ?? 0,
      })),
  };
  known.set(service, series);
  return series;
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
      [
        shown.flatMap((service) =>
          Object.entries(tallies.get(service.id)?.probes ?? {}).map(([result, value]) => ({
            labels: toLabels(service, 'result', result),
            value,
          })),
        ),
      ],
    ),
    counter('restarts_total', 'Tasks that ended badly since start, by cause.', [
      shown.flatMap((service) =>
        [...(tallies.get(service.id)?.restarts ?? [])].map(([cause, value]) => ({
          labels: toLabels(service, 'cause', cause),
          value,
        })),
      ),
    ]),
  ];
}

function gauge(name: string, help: string, parts: readonly Samples[]): Metric {
  return { name: `swarm_vitals_${name}`, help, kind: 'gauge', parts };
}

function counter(name: string, help: string, parts: readonly Samples[]): Metric {
  return { ...gauge(name, help, parts), kind: 'counter' };
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

function countStatuses(service: ServicePicture): Samples {
  const counts = new Map<string, number>();
  for (const { status } of service.replicas) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, value]) => ({ labels: toLabels(service, 'status', status), value }));
}

function sumStatuses(all: readonly Series[]): Samples {
  const counts = new Map<string, number>();
  for (const { replicas } of all)
    for (const { labels, value } of replicas)
      counts.set(labels.status ?? '', (counts.get(labels.status ?? '') ?? 0) + value);
  return [...counts].map(([status, value]) => ({ labels: { status }, value }));
}

function toHighest(replicas: readonly Replica[], of: (replica: Replica) => number | null): number | null {
  let highest: number | null = null;
  for (const replica of replicas) {
    const value = of(replica);
    if (value !== null && (highest === null || value > highest)) highest = value;
  }
  return highest;
}
