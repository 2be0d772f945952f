import * as words from '#words/pages/wall.ts';

export const WALL_THEMES = ['auto', 'dark', 'light'] as const;
export const WALL_DENSITIES = ['roomy', 'normal', 'dense'] as const;
export const WALL_VIEWS = ['services', 'stacks', 'nodes', 'matrix'] as const;

export type WallTheme = (typeof WALL_THEMES)[number];
export type WallDensity = (typeof WALL_DENSITIES)[number];
/** What fills the room that problems leave; `matrix`: services by nodes, instead of them. */
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

/** Options as the URL has them; `problems` are sentences about what was not understood and is left at its default. */
export interface ParsedWallOptions {
  options: WallOptions;
  problems: string[];
}

const MAX_TITLE = 60;

/** Reads a wall's options from its query, such as `?stacks=shop,ml&theme=dark&dim=22-7`. */
export function parseWallOptions(query: URLSearchParams): ParsedWallOptions {
  const problems: string[] = [];
  const refuse = (name: string, text: string, wanted: string) => {
    problems.push(words.badOption(name, text, wanted));
    return undefined;
  };
  const readChoice = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    const found = choices.find((choice) => choice === text);
    return found ?? refuse(name, text, words.oneOf(choices.join(', ')));
  };
  const readList = (name: string): string[] =>
    query
      .getAll(name)
      .flatMap((text) => text.split(','))
      .map((item) => item.trim())
      .filter((item, index, all) => item !== '' && all.indexOf(item) === index);
  const readSeconds = (): number | undefined => {
    const text = query.get('every');
    if (text === null) return undefined;
    const seconds = Number(text);
    const isFine = Number.isInteger(seconds) && seconds >= 5 && seconds <= 3600;
    return isFine ? seconds : refuse('every', text, words.secondsFrom(5, 3600));
  };
  const readViews = (): WallView[] | undefined => {
    const asked = readList('views');
    const known = WALL_VIEWS.filter((view) => asked.includes(view));
    const isFine = known.length === asked.length;
    if (!isFine) refuse('views', asked.join(','), words.someOf(WALL_VIEWS.join(', ')));
    return known.length > 0 ? known.sort((a, b) => asked.indexOf(a) - asked.indexOf(b)) : undefined;
  };
  const readDim = (): WallOptions['dim'] | undefined => {
    const text = query.get('dim');
    if (text === null) return undefined;
    const [, from, until] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
    const [fromHour, untilHour] = [Number(from), Number(until)];
    const isFine = fromHour < 24 && untilHour < 24 && fromHour !== untilHour;
    return isFine ? { fromHour, untilHour } : refuse('dim', text, words.twoHours);
  };
  const readSound = (): boolean | undefined => {
    const text = query.get('sound');
    if (text === null) return undefined;
    return text === '1' ? true : text === '0' ? false : refuse('sound', text, '1 or 0');
  };
  const options: WallOptions = {
    stacks: readList('stacks'),
    services: readList('services'),
    nodes: readList('nodes'),
    title: (query.get('title') ?? '').trim().slice(0, MAX_TITLE),
    theme: readChoice('theme', WALL_THEMES) ?? DEFAULT_WALL.theme,
    density: readChoice('density', WALL_DENSITIES) ?? DEFAULT_WALL.density,
    views: readViews() ?? DEFAULT_WALL.views,
    everyS: readSeconds() ?? DEFAULT_WALL.everyS,
    sound: readSound() ?? DEFAULT_WALL.sound,
    dim: readDim() ?? DEFAULT_WALL.dim,
  };
  return { options, problems };
}

/** A wall's options as the query of its URL, without what is as by default: `stacks=shop&theme=dark`; `''` for none. */
export function formatWallOptions(options: WallOptions): string {
  const { stacks, services, nodes, title, theme, density, views, everyS, sound, dim } = options;
  const parts: [string, string][] = [
    ['stacks', stacks.join(',')],
    ['services', services.join(',')],
    ['nodes', nodes.join(',')],
    ['title', title],
    ['theme', theme === DEFAULT_WALL.theme ? '' : theme],
    ['density', density === DEFAULT_WALL.density ? '' : density],
    ['views', views.join(',') === DEFAULT_WALL.views.join(',') ? '' : views.join(',')],
    ['every', everyS === DEFAULT_WALL.everyS ? '' : String(everyS)],
    ['sound', sound ? '1' : ''],
    ['dim', dim === null ? '' : `${dim.fromHour}-${dim.untilHour}`],
  ];
  return parts
    .filter(([, value]) => value !== '')
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%20', '+')}`,
    )
    .join('&');
}
