import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RELAY_PATH } from '#lib/relay/question.ts';
import { FRONT_PATHS } from '#lib/server/http/front-paths.ts';
import { root } from './root.ts';

export interface Route {
  /** As its folder is called: `/api/services/[name]`. */
  name: string;
  /** With something for each parameter, and a question where one has to be asked. */
  path: string;
}

/** Every page and every route handler there is under `app/`, whoever made it, and those that are answered before it. */
export function listRoutes(parameters: Record<string, string> = {}): Route[] {
  const own = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page|route)\.(ts|tsx|js|jsx|mjs)$/.test(file))
    .map((file) => `/${file.replace(/\/?[^/]+$/, '')}`);
  return [...own, ...FRONT_PATHS].map((name) => ({
    name,
    path: `${name.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) => parameters[key] ?? 'x')}${name === RELAY_PATH ? '?ask=history-state&with=[]' : ''}`,
  }));
}
