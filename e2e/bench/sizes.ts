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
} as const satisfies Record<string, Size>;

export type SizeName = keyof typeof SIZES;
export const SIZE_NAMES = Object.keys(SIZES) as SizeName[];
