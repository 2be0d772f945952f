import type { Change } from '#lib/model/contract/change.ts';
import type { SwarmPicture } from '#lib/model/contract/picture.ts';

/** What turns one revision of the picture into the next. */
export interface PictureUpdate {
  from: number;
  picture: SwarmPicture;
  changes: Change[];
}
