import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { VERDICTS, type Verdict } from '#lib/model/contract/verdict.ts';
import { isOk } from '#lib/model/status/severity.ts';
import { formatCount } from '#lib/view/format/numbers.ts';
import * as words from '#words/pages/wall.ts';

/**
 * Services without a problem of their own, in few words and in fewer: `22 well, 2 updating`, `2 updating`; the longest
 * first, none says well alone where some are not. And the verdict to show for them all. One whose problem a node's explains is not among the wall's problems, and not well either.
 */
export function describeRest(services: readonly Pick<ServicePicture, 'verdict'>[]): {
  verdict: Verdict;
  notes: readonly string[];
} {
  const count = (wanted: Verdict) => services.filter(({ verdict }) => verdict === wanted).length;
  const [updating, starting] = [count('updating'), count('starting')];
  const affected = services.filter(({ verdict }) => !isOk(verdict)).length;
  const well = services.length - updating - starting - affected;
  const parts = [
    well > 0 ? words.well(formatCount(well)) : null,
    affected > 0 ? words.affected(formatCount(affected)) : null,
    updating > 0 ? words.updating(formatCount(updating)) : null,
    starting > 0 ? words.starting(formatCount(starting)) : null,
  ].filter((part) => part !== null);
  const present = new Set(services.map(({ verdict }) => verdict));
  const checked = present.has('healthy') && updating + starting + affected === 0 ? 'healthy' : null;
  return {
    verdict: checked ?? VERDICTS.find((verdict) => present.has(verdict)) ?? 'idle',
    notes: parts.length > 1 ? [parts.join(', '), parts[well > 0 ? 1 : 0] ?? ''] : parts,
  };
}
