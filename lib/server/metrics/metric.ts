/** One metric with all of its series, as of one scrape. */
export interface Metric {
  /** After Prometheus' conventions: base units, `_total` for counters. */
  name: string;
  help: string;
  kind: 'gauge' | 'counter';
  samples: Sample[];
}

/** One series. All of a metric have the same labels. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}
