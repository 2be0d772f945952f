import { applyChanges } from './apply-changes.ts';
import type { Change } from './change.ts';
import type { SwarmPicture } from './picture.ts';

/** The picture after one change. */
export function applyChange(picture: SwarmPicture, change: Change): SwarmPicture {
  return applyChanges(picture, [change]);
}
