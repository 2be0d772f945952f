import type { Change } from '#lib/model/change.ts';
import type { SwarmPicture } from '#lib/model/picture.ts';

/** What turns one revision of the picture into the next. */
export interface PictureUpdate {
  from: number;
  picture: SwarmPicture;
  changes: Change[];
}
