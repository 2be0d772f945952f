import {
  DEFAULT_WALL,
  WALL_DENSITIES,
  WALL_THEMES,
  WALL_VIEWS,
  type WallOptions,
  type WallView,
} from './wall-options.ts';

/** Options as the URL has them; `problems` are sentences about what was not understood and is left at its default. */
export interface ParsedWallOptions {
  options: WallOptions;
  problems: string[];
}

const MOST_TITLE = 60;

/** Reads a wall's options from its query, such as `?stacks=shop,ml&theme=dark&dim=22-7`. */
export function parseWallOptions(query: URLSearchParams): ParsedWallOptions {
  const problems: string[] = [];
  const refuse = (name: string, text: string, wanted: string) => {
    problems.push(`${name}=${text} is not understood: ${wanted}.`);
    return undefined;
  };
  const readChoice = <T extends string>(name: string, choices: readonly T[]): T | undefined => {
    const text = query.get(name);
    if (text === null) return undefined;
    const found = choices.find((choice) => choice === text);
    return found ?? refuse(name, text, `one of ${choices.join(', ')}`);
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
    return isFine ? seconds : refuse('every', text, 'seconds from 5 to 3600');
  };
  const readViews = (): WallView[] | undefined => {
    const asked = readList('views');
    const known = WALL_VIEWS.filter((view) => asked.includes(view));
    const isFine = known.length === asked.length;
    if (!isFine) refuse('views', asked.join(','), `some of ${WALL_VIEWS.join(', ')}`);
    return known.length > 0 ? known.sort((a, b) => asked.indexOf(a) - asked.indexOf(b)) : undefined;
  };
  const readDim = (): WallOptions['dim'] | undefined => {
    const text = query.get('dim');
    if (text === null) return undefined;
    const [, from, until] = /^(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
    const [fromHour, untilHour] = [Number(from), Number(until)];
    const isFine = fromHour < 24 && untilHour < 24 && fromHour !== untilHour;
    return isFine ? { fromHour, untilHour } : refuse('dim', text, 'two hours of the day, such as 22-7');
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
    title: (query.get('title') ?? '').trim().slice(0, MOST_TITLE),
    theme: readChoice('theme', WALL_THEMES) ?? DEFAULT_WALL.theme,
    density: readChoice('density', WALL_DENSITIES) ?? DEFAULT_WALL.density,
    views: readViews() ?? DEFAULT_WALL.views,
    everyS: readSeconds() ?? DEFAULT_WALL.everyS,
    sound: readSound() ?? DEFAULT_WALL.sound,
    dim: readDim() ?? DEFAULT_WALL.dim,
  };
  return { options, problems };
}
