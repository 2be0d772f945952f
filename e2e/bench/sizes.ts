/** How much there is in a demo swarm. */
export interface Size {
  nodes: number;
  services: number;
  replicas: number;
}

/** The sizes that the budgets (docs/bench.md) are given for. */
export const SIZES = {
  S: { nodes: 3, services: 10, replicas: 30 },
  M: { nodes: 20, services: 100, replicas: 1_000 },
  L: { nodes: 200, services: 1_000, replicas: 10_000 },
  '25k': { nodes: 500, services: 2_500, replicas: 25_000 },
  XL: { nodes: 1_000, services: 5_000, replicas: 100_000 },
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof SIZES;
export const SIZE_NAMES = Object.keys(SIZES) as SizeName[];

/** What is measured by default: beyond these a run takes most of an hour, or what it waits for never comes. */
export const USUAL_SIZES: readonly SizeName[] = ['S', 'M', 'L'];
/** What an engine tells of each probe that passes is too much for one reader there: a swarm of this size is read through agents. */
export const isThroughAgents = ({ replicas }: Size): boolean => replicas >= SIZES.XL.replicas;
