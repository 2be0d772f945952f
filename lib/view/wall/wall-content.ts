import type { NodePicture, ServicePicture } from '#lib/model/contract/picture.ts';
import type { Summary } from '#lib/view/overview/summary.ts';
import type { WallProblem } from './to-wall-problems.ts';

/** `bad` somebody must look, `unknown` it cannot be said, `empty` there is nothing to show, `well` all of it is. */
export type WallTone = 'bad' | 'unknown' | 'empty' | 'well';

/** What a wall says, before it is known how large the screen is. */
export interface WallContent {
  tone: WallTone;
  /** The one answer: `2 services need attention`, `All is well`, `Stack shop is well`. */
  headline: string;
  /** What this wall covers, and what it cannot: `stack shop`, `no service matches`; `null` for the whole swarm. */
  scope: string | null;
  problems: WallProblem[];
  /** Services that are well, those that change first. */
  rest: ServicePicture[];
  nodes: NodePicture[];
  summary: Summary;
}
