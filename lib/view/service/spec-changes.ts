import type { NamedField, SpecUnit } from '#lib/model/docker/spec-change.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { formatSetting, formatSpan } from '#lib/view/format/times.ts';
import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import * as words from '#words/pages/service.ts';

/** What a part of a spec is called. */
export function nameSpecField(field: NamedField): string {
  return words.specFields[field];
}

/** Whether what changed may be the cause: how long after it the first failure came. `null`: there was none. */
export function describeChangedAt(
  changedAtMs: number | null,
  firstFailureAtMs: number | null,
): string | null {
  if (changedAtMs === null || firstFailureAtMs === null || firstFailureAtMs < changedAtMs) return null;
  return words.beforeFailure(formatSpan(firstFailureAtMs - changedAtMs));
}

/** A value of a spec in words: `512 MB`, `1.5 s`, `0.5`, `25 %`, `not set`. */
export function formatSpecValue(value: string | number | null, unit: SpecUnit): string {
  if (value === null) return words.valueNotSet;
  if (typeof value === 'string') return unit === 'text' ? sanitizeOutput(value) : value;
  switch (unit) {
    case 'ms':
      return formatSetting(value);
    case 'bytes':
      return describeBytes(value);
    case 'nanoCpu':
      return String(Number((value / 1e9).toFixed(3)));
    case 'ratio':
      return `${Math.round(value * 1000) / 10} %`;
    default:
      return value.toLocaleString('en');
  }
}
