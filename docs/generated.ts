import { readFileSync } from 'node:fs';
import { formatSettingsTable } from '#lib/server/settings/format-settings.ts';
import type { SettingGroup } from '#lib/server/settings/settings.ts';
import { ICON } from '#lib/view/shell/icons.ts';
import * as palette from '#lib/view/shell/palette.ts';
import { toOpenApi } from '#lib/wire/schema/openapi.ts';

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

/** The rows of docs/bench.md that the README shows. */
const HEADLINES = [
  'a probe fails or passes again → in the DOM, ms',
  'a task dies → in the DOM, ms',
  'cold load → first replica painted, ms',
  'JavaScript of the overview, compressed, kB',
  'bytes to one idle viewer a minute, kB',
  'server memory, resident, 50 viewers, MB',
];

/** The headlines of docs/bench.md, one column a size, where the README has its comments. */
function fillSpeed(present: string): string {
  const sizes = readFileSync(new URL('bench.md', import.meta.url), 'utf8')
    .split(/^\| (?=[SML] \|)/m)
    .slice(1);
  const rows = HEADLINES.map((headline) => {
    const cells = sizes.map((table) => {
      const row = table.split('\n').find((line) => line.startsWith(`| ${headline} |`));
      if (row === undefined) throw new Error(`docs/bench.md has no row "${headline}" for a size.`);
      return row.split('|')[2]?.trim() ?? '';
    });
    return `| ${[headline, ...cells].join(' | ')} |`;
  });
  const table = ['| median / 95 % | 30 replicas | 1,000 | 10,000 |', '|---|---|---|---|', ...rows].join('\n');
  return present.replace(
    /(<!-- speed -->\n)[\s\S]*?(<!-- \/speed -->)/,
    (_, head: string, end: string) => `${head}${table}\n${end}`,
  );
}

/** The colours as custom properties: dark, light when it is chosen, light when the browser prefers it. */
function toTokens(): string {
  const lines = (theme: 'dark' | 'light', indent: string) =>
    [
      `color-scheme: ${theme};`,
      ...Object.entries(palette)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([name, colour]) =>
            `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${colour[theme]};`,
        ),
    ]
      .map((line) => `${indent}${line}\n`)
      .join('');
  return `/* Made of lib/view/shell/palette.ts by npm run generate. Status is never colour alone: every status has its own glyph and
   its own word (components/status). */
:root,
.wall[data-theme="dark"] {
${lines('dark', '  ')}}

:root[data-theme="light"],
.wall[data-theme="light"] {
${lines('light', '  ')}}

@media (prefers-color-scheme: light) {
  :root:not([data-theme]) {
${lines('light', '    ')}  }
}

/* On paper, whatever was chosen for the screen. */
@media print {
  :root,
  :root[data-theme] {
${lines('light', '    ')}  }
}
`;
}

/** Files that are made of sources: `npm run generate` writes them, a test says when they are not up to date. */
export const GENERATED: readonly { path: string; toText(present: string): string }[] = [
  { path: 'README.md', toText: fillSpeed },
  { path: 'app/tokens.css', toText: toTokens },
  { path: 'docs/configuration.md', toText: fillTables },
  { path: 'public/icon.svg', toText: () => `${ICON}\n` },
  { path: 'public/openapi.json', toText: () => `${JSON.stringify(toOpenApi(version), null, 1)}\n` },
];
