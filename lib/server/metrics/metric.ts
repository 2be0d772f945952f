/** One metric with all of its series, as of one scrape. */
export interface Metric {
  /** After Prometheus' conventions: base units, `_total` for counters. */
  name: string;
  help: string;
  kind: 'gauge' | 'counter';
  /** Its series, list by list: a list that is the same as at the scrape before is not written again. */
  parts: readonly Samples[];
}

/** Immutable. No two of one metric have the same labels but within one list. */
export type Samples = readonly Sample[];

/** One series. All of a metric have the same labels. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}
