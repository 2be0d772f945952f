import { readFileSync } from 'node:fs';
import { toOpenApi } from '#e2e/support/schema/openapi.ts';
import { formatSettingsTable } from '#lib/server/settings/format-settings.ts';
import type { SettingGroup } from '#lib/server/settings/settings.ts';
import { ICON } from '#lib/view/shell/icons.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const TABLE = /(<!-- settings: (server|agent) ([a-z ]+) -->\n)[\s\S]*?(<!-- \/settings -->)/g;

/** The tables of settings, each where its comment stands. */
function fillTables(present: string): string {
  return present.replaceAll(
    TABLE,
    (_, head: string, reader: 'server' | 'agent', groups: string, end: string) => {
      const table = formatSettingsTable(reader, groups.split(' ') as SettingGroup[]);
      return `${head}${table}\n${end}`;
    },
  );
}

/** Files that are made of sources: `npm run generate` writes them, a test says when they are not up to date. */
export const GENERATED: readonly { path: string; toText(present: string): string }[] = [
  { path: 'docs/configuration.md', toText: fillTables },
  { path: 'public/icon.svg', toText: () => `${ICON}\n` },
  { path: 'public/openapi.json', toText: () => `${JSON.stringify(toOpenApi(version), null, 1)}\n` },
];
