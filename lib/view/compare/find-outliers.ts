import { toMedian } from '#lib/model/text/to-median.ts';

/** What a slot's value is, and whether it stands out among the others. */
export interface Compared {
  /** The median of its newest values; `null`: too little is known of it. */
  value: number | null;
  /** So many times the others' median; `null`: it does not stand out. */
  times: number | null;
}

export interface OutlierRule {
  /** Of the newest stretches, so many are looked at. */
  newest: number;
  /** With fewer known values in these a slot says nothing. */
  minValues: number;
  /** Smaller differences mean nothing, whatever the rest: in the measure's own unit. */
  floor: number;
}

/** Fewer slots with values have no middle that one could stand out from. */
const MIN_SLOTS = 3;
/** Further from the median than this many deviations. */
const DEVIATIONS = 4;
/** The median absolute deviation of what is spread evenly about its middle, made comparable with a standard deviation. */
const MAD_SCALE = 1.4826;
/** Slots that are all alike have no deviation: then this share of the median counts as one. */
const MIN_DEVIATION_SHARE = 0.125;

/**
 * Which slots stand out: those whose newest values lie, in the middle, far above the median of all slots, measured by the
 * median absolute deviation: one bad slot moves neither. Below the median nothing stands out: little memory and quick
 * probes are no problem.
 *
 * @param series one a slot, a value for each stretch; `null` where nothing is known
 */
export function findOutliers(series: readonly (readonly (number | null)[])[], rule: OutlierRule): Compared[] {
  const values = series.map((slot) => {
    const known = slot.slice(-rule.newest).filter((value) => value !== null);
    return known.length < rule.minValues ? null : toMedian(known);
  });
  const known = values.filter((value) => value !== null);
  const middle = toMedian(known);
  if (middle === null || known.length < MIN_SLOTS) return values.map((value) => ({ value, times: null }));
  const mad = toMedian(known.map((value) => Math.abs(value - middle))) ?? 0;
  const deviation = Math.max(mad * MAD_SCALE, middle * MIN_DEVIATION_SHARE);
  return values.map((value) => {
    const beyond = value === null ? 0 : value - middle;
    const isOut = value !== null && beyond > DEVIATIONS * deviation && beyond > rule.floor;
    return { value, times: isOut ? value / Math.max(middle, 1e-9) : null };
  });
}
