import { describeBytes } from '#lib/model/describe-bytes.ts';
import type { SpecUnit } from '#lib/model/spec-change.ts';
import { formatSetting } from './format-setting.ts';
import { sanitizeOutput } from './sanitize-output.ts';

/** A value of a spec in words: `512 MB`, `1.5 s`, `0.5`, `25 %`, `not set`. */
export function formatSpecValue(value: string | number | null, unit: SpecUnit): string {
  if (value === null) return 'not set';
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
