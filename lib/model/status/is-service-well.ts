import type { ServicePicture } from '#lib/model/contract/picture.ts';
import type { Verdict } from '#lib/model/contract/verdict.ts';
import { isJob } from '#lib/model/docker/is-job.ts';

const WELL: ReadonlySet<Verdict> = new Set(['healthy', 'running', 'idle']);
/** Expected, and no alarm as long as something is up. */
const CHANGING: ReadonlySet<Verdict> = new Set(['updating', 'starting']);

/** Is all well with it, for a program that only knows yes and no? A job has nobody waiting for it to be up. */
export function isServiceWell({
  verdict,
  desired,
  running,
  mode,
}: Pick<ServicePicture, 'verdict' | 'desired' | 'running' | 'mode'>): boolean {
  if (!CHANGING.has(verdict)) return WELL.has(verdict);
  return running > 0 || desired === 0 || isJob({ mode });
}
