import type { NodePicture } from '#lib/model/contract/picture.ts';
import { formatDuration } from '#lib/view/format/format-duration.ts';

/** An engine's clock against ours, in words: `in step`, `2.40 s ahead`, `1 min 5 s behind`, `not known`. */
export function describeSkew({ state, skewMs, lastReadMs }: NodePicture['engine']): string {
  if (state === 'unconfigured' || lastReadMs === null) return 'not known';
  if (skewMs === 0) return 'in step';
  return `${formatDuration(Math.abs(skewMs))} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}
