export const WALL_THEMES = ['auto', 'dark', 'light'] as const;
export const WALL_DENSITIES = ['roomy', 'normal', 'dense'] as const;
export const WALL_VIEWS = ['services', 'stacks', 'nodes'] as const;

export type WallTheme = (typeof WALL_THEMES)[number];
export type WallDensity = (typeof WALL_DENSITIES)[number];
/** What fills the room that problems leave. */
export type WallView = (typeof WALL_VIEWS)[number];

/** How one wall is set up: all of it is in its URL. */
export interface WallOptions {
  /** Only services of these stacks; none: of all. `(none)` are those without a stack. */
  stacks: string[];
  /** Only services whose name is one of these; `*` stands for anything. None: all. */
  services: string[];
  /** Only services with a replica on these nodes (hostnames), and only these nodes. None: all. */
  nodes: string[];
  title: string;
  theme: WallTheme;
  density: WallDensity;
  /** Shown in turn, `everyS` seconds each. Never empty. */
  views: WallView[];
  everyS: number;
  /** A tone when a problem appears. */
  sound: boolean;
  /** Hours of the day, local, between which it is darker while all is well: from the first until before the second. */
  dim: { fromHour: number; untilHour: number } | null;
}

export const NO_STACK = '(none)';

export const DEFAULT_WALL: WallOptions = {
  stacks: [],
  services: [],
  nodes: [],
  title: '',
  theme: 'auto',
  density: 'normal',
  views: ['services'],
  everyS: 20,
  sound: false,
  dim: null,
};
