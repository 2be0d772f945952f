import type { SpecUnit } from '#lib/model/docker/spec-change.ts';
import { describeBytes } from '#lib/model/text/describe-bytes.ts';
import { sanitizeOutput } from '#lib/view/terminal/sanitize-output.ts';
import { formatSetting } from './format-setting.ts';

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
