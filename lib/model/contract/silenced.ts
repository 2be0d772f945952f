/** What a silence can be of. */
export const SILENCE_KINDS = ['service', 'stack', 'node', 'swarm'] as const;

export type SilenceKind = (typeof SILENCE_KINDS)[number];

/** What stands with a problem that is silenced. */
export interface Silenced {
  /** Of the silence. */
  id: string;
  /** What that is of: of a node's, the services that the node explains have it, too. */
  of: SilenceKind;
  /** Server's clock, epoch ms. */
  untilMs: number;
  by: string | null;
  comment: string;
}
