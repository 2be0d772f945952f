import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';
import { applyChanges } from './apply-changes.ts';

/** The picture after one change. */
export function applyChange(picture: SwarmPicture, change: Change): SwarmPicture {
  return applyChanges(picture, [change]);
}
