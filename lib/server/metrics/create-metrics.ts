import { Histogram, Registry } from 'prom-client';
import type { HistoryRecord } from '#lib/history/record.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { findDoubt } from '#lib/model/status/managers.ts';
import type { VitalsStats } from '#lib/server/vitals.ts';
import { createTallies } from './create-tallies.ts';
import type { Metric, Sample, Samples } from './metric.ts';
import { toOwnMetrics, toReadMetrics } from './to-own-metrics.ts';
import { toServiceMetrics } from './to-service-metrics.ts';
import { toSwarmMetrics, toSwarmMetricsApart } from './to-swarm-metrics.ts';

export interface Metrics {
  /** Everything that goes into the history. */
  observe(record: HistoryRecord): void;
  /** All of it in Prometheus' text format, as of now. */
  scrape(sources: MetricSources): Promise<Scrape>;
  /**
   * The same without what is counted of probes; `null` where others should have their turn.
   *
   * @param loopLagMs how late the event loop came to it
   */
  collect(sources: MetricSources, loopLagMs: number): Iterable<Metric | null>;
}

/** What is answered with them: of all, and of as much of the picture as somebody may see. */
export function toMetricAnswers({ scrape, collect }: Metrics, sources: MetricSources) {
  return {
    metrics: () => scrape(sources),
    collectMetrics: (loopLagMs: number) => collect(sources, loopLagMs),
    metricsOf: (seen: () => SwarmPicture) => ({
      metrics: () => scrape({ ...sources, seen }),
      collectMetrics: (loopLagMs: number) => collect({ ...sources, seen }, loopLagMs),
    }),
  };
}

export interface Scrape {
  contentType: string;
  text: string;
}

/** What is asked at a scrape. */
export interface MetricSources {
  picture(): SwarmPicture;
  stats(): VitalsStats;
  /** Of those that feed other programs. */
  more(): Metric[];
  /** As much of the picture as whoever asks may see, where that is not all: then nothing is said of this process. */
  seen?(): SwarmPicture;
}

const PROBE_SECONDS = 'swarm_vitals_probe_duration_seconds';

/** Made of the picture at each scrape: nothing is kept up to date for a scrape that never comes. */
export function createMetrics(parts: {
  build: string;
  nowMs(): number;
  /** Whether anything is observed: whoever only sees the picture has counted nothing. */
  hasCounts?: boolean;
}): Metrics {
  const { hasCounts = true } = parts;
  const probeSeconds = new Histogram({
    name: PROBE_SECONDS,
    help: 'How long the probes read since start took, all services together.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [],
  });
  const tallies = createTallies(parts.nowMs, (seconds) => probeSeconds.observe(seconds));

  // What follows from the picture alone is made anew, and written anew, when something of it changed.
  const keptHead = createKept<Metric[]>();
  const keptServices = createKept<Metric[]>();

  /** Of all services there are: of others what was counted is forgotten. */
  const count = ({ services }: SwarmPicture) =>
    hasCounts ? tallies.read(new Set(services.map(({ id }) => id))) : null;

  function* serviceMetrics(picture: SwarmPicture): Generator<Metric | null> {
    const { services, nodes } = picture;
    if (hasCounts) return yield* toServiceMetrics(services, count(picture), nodes.length);
    const made: Metric[] = [];
    if (!keptServices.has([services, nodes]))
      for (const metric of toServiceMetrics(services, null, nodes.length))
        if (metric === null) yield null;
        else made.push(metric);
    yield* keptServices.get([services, nodes], () => made);
  }

  function* collectInTurns(sources: MetricSources, loopLagMs: number): Generator<Metric | null> {
    const picture = sources.picture();
    const nowMs = parts.nowMs();
    const isRead = findDoubt(picture, nowMs) === null;
    const read = { isRead, dataAgeMs: nowMs - picture.atMs };
    if (sources.seen !== undefined) yield* toReadMetrics(read);
    else {
      const cpu = process.cpuUsage();
      yield* toOwnMetrics({
        ...read,
        stats: sources.stats(),
        build: parts.build,
        demo: picture.demo,
        loopLagMs,
        heapUsedBytes: process.memoryUsage().heapUsed,
        cpuSeconds: (cpu.user + cpu.system) / 1e6,
      });
      yield* sources.more();
    }
    // What was true once is no answer to what is so now.
    if (!isRead) return;
    if (sources.seen !== undefined) {
      const shown = sources.seen();
      yield* toSwarmMetricsApart(shown);
      return yield* toServiceMetrics(shown.services, count(picture), shown.nodes.length);
    }
    const { name, verdict, problems, quorum, nodes } = picture;
    yield* keptHead.get([name, verdict, problems, quorum, nodes], () => toSwarmMetrics(picture));
    yield* serviceMetrics(picture);
  }

  return {
    observe: tallies.observe,
    collect: collectInTurns,
    async scrape(sources) {
      const askedAtMs = performance.now();
      await others();
      const registry = new Registry();
      registry.registerMetric(probeSeconds);
      const texts =
        hasCounts && sources.seen === undefined
          ? [await registry.getSingleMetricAsString(PROBE_SECONDS)]
          : [];
      // At ten thousand replicas it is a megabyte: between metrics, what is live goes first.
      for (const metric of collectInTurns(sources, performance.now() - askedAtMs)) {
        if (metric !== null) texts.push(formatMetric(metric));
        await others();
      }
      return { contentType: registry.contentType, text: `${texts.join('\n\n')}\n` };
    },
  };
}

/** What was made last, for as long as what it is made of is the same. */
function createKept<T>() {
  let kept: { of: readonly unknown[]; value: T } | null = null;
  const has = (of: readonly unknown[]) => kept !== null && of.every((one, at) => one === kept?.of[at]);
  return {
    has,
    get(of: readonly unknown[], make: () => T): T {
      if (kept === null || !has(of)) kept = { of, value: make() };
      return kept.value;
    },
  };
}

/** Lets everything that waits for the event loop run. */
function others(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Others are answered after so much of a scrape of several swarms: the first writes all of them. */
const TURN_MS = 4;

/**
 * The metrics of several swarms in one text: each series with the name of its swarm, and what is of the process once.
 */
export async function scrapeSwarms(
  swarms: readonly { name: string; collect(loopLagMs: number): Iterable<Metric | null> }[],
): Promise<Scrape> {
  const askedAtMs = performance.now();
  await others();
  const loopLagMs = performance.now() - askedAtMs;
  const metrics = new Map<string, { metric: Metric; texts: string[] }>();
  let turnAtMs = performance.now();
  const takeTurns = async () => {
    if (performance.now() - turnAtMs < TURN_MS) return;
    await others();
    turnAtMs = performance.now();
  };
  for (const { name, collect } of swarms) {
    for (const metric of collect(loopLagMs)) {
      await takeTurns();
      if (metric === null) continue;
      const known = metrics.get(metric.name);
      const isOfProcess = /^(process|nodejs)_/.test(metric.name);
      if (isOfProcess && known !== undefined) continue;
      const text = formatSeries(metric, isOfProcess ? null : name);
      if (known === undefined) metrics.set(metric.name, { metric, texts: [text] });
      else known.texts.push(text);
    }
  }
  const texts: string[] = [];
  for (const { metric, texts: series } of metrics.values()) {
    texts.push(formatMetric(metric, series.join('\n')));
    await takeTurns();
  }
  return { contentType: new Registry().contentType, text: `${texts.join('\n\n')}\n` };
}

/** Prometheus' text format. Written here: to register each series of a large swarm for one scrape takes ten times as long. */
function formatMetric(metric: Metric, series = formatSeries(metric, null)): string {
  const { name, help, kind } = metric;
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${series}`;
}

interface Written {
  swarm: string | null;
  text: string;
}

// What stays the same is written once: most swarms of several do not change from scrape to scrape, most services neither.
const writtenMetrics = new WeakMap<Metric, Written>();
const writtenSamples = new WeakMap<Samples, Written>();

/**
 * All series of a metric.
 *
 * @param swarm whose it is, where there are several
 */
function formatSeries(metric: Metric, swarm: string | null): string {
  const known = writtenMetrics.get(metric);
  if (known?.swarm === swarm) return known.text;
  const lists = metric.parts.filter(({ length }) => length > 0);
  const text = (lists.length > 0 ? lists : [[NOTHING]])
    .map((samples) => formatSamples(metric, samples, swarm))
    .join('\n');
  writtenMetrics.set(metric, { swarm, text });
  return text;
}

function formatSamples({ name, kind }: Metric, samples: Samples, swarm: string | null): string {
  const known = writtenSamples.get(samples);
  if (known?.swarm === swarm) return known.text;
  const text = mergeSeries(kind, samples)
    .map(([key, value]) => `${name}${withSwarm(key, swarm)} ${formatValue(value)}`)
    .join('\n');
  writtenSamples.set(samples, { swarm, text });
  return text;
}

/** Names come from others: what has the same labels is one series, else the whole scrape is refused. */
function mergeSeries(kind: Metric['kind'], samples: Samples): [labels: string, value: number][] {
  const [only] = samples;
  if (only !== undefined && samples.length === 1) return [[formatLabels(only.labels), only.value]];
  const series = new Map<string, number>();
  for (const { labels, value } of samples) {
    const key = formatLabels(labels);
    series.set(key, kind === 'counter' ? (series.get(key) ?? 0) + value : value);
  }
  return [...series];
}

/** A name of a swarm has nothing that would have to be escaped. */
function withSwarm(labels: string, swarm: string | null): string {
  if (swarm === null || labels.startsWith('{swarm=')) return labels;
  return labels === '' ? `{swarm="${swarm}"}` : `{swarm="${swarm}",${labels.slice(1)}`;
}

// A service has a dozen series and keeps its labels from scrape to scrape.
const written = new WeakMap<object, string>();

function formatLabels(labels: Sample['labels']): string {
  const known = written.get(labels);
  if (known !== undefined) return known;
  let pairs = '';
  for (const label of Object.keys(labels)) {
    if (pairs !== '') pairs += ',';
    pairs += `${label}="${escapeLabel(String(labels[label]))}"`;
  }
  const text = pairs === '' ? '' : `{${pairs}}`;
  written.set(labels, text);
  return text;
}

/** A metric without series is one of 0. */
const NOTHING: Sample = { labels: {}, value: 0 };
const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

const TO_ESCAPE = /[\\"\n]/;

function escapeLabel(text: string): string {
  if (!TO_ESCAPE.test(text)) return text;
  return text.replace(/[\\"\n]/g, (letter) => ESCAPED[letter] ?? letter);
}

function formatValue(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return value === Number.NEGATIVE_INFINITY ? '-Inf' : String(value);
}
