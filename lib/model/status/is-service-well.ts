import type { ServicePicture } from '#lib/model/contract/picture.ts';
import { isJob } from '#lib/model/docker/is-job.ts';
import { isChanging, isOk } from './severity.ts';

/** Is all well with it, for a program that only knows yes and no? A job has nobody waiting for it to be up. */
export function isServiceWell({
  verdict,
  desired,
  running,
  mode,
}: Pick<ServicePicture, 'verdict' | 'desired' | 'running' | 'mode'>): boolean {
  if (!isChanging(verdict)) return isOk(verdict);
  return running > 0 || desired === 0 || isJob({ mode });
}
