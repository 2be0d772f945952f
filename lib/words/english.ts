import { en } from './en.ts';
import { toWording } from './to-wording.ts';

/** What the picture, the history and the API speak: the one language there is today. */
export const english = toWording(en);
