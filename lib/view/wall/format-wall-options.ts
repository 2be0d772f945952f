import { DEFAULT_WALL, type WallOptions } from './wall-options.ts';

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
