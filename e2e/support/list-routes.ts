import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

export interface Route {
  /** As its folder is called: `/api/services/[name]`. */
  name: string;
  /** With something for each parameter. */
  path: string;
}

/** Every page and every route handler there is under `app/`, whoever made it. */
export function listRoutes(parameters: Record<string, string> = {}): Route[] {
  return readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page|route)\.(ts|tsx|js|jsx|mjs)$/.test(file))
    .map((file) => `/${file.replace(/\/?[^/]+$/, '')}`)
    .map((name) => ({
      name,
      path: name.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) => parameters[key] ?? 'x'),
    }));
}
