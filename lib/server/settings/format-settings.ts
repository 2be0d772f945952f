import { ALL_SETTINGS, type Setting, type SettingGroup, type SettingName } from './settings.ts';

const NAME_WIDTH = 28;
const WIDTH = 118;

const GROUPS: readonly [SettingGroup, string][] = [
  ['engines', 'Docker and its engines:'],
  ['history', 'History:'],
  ['outlets', 'For other programs and people:'],
  ['place', 'Where it is served:'],
  ['access', 'Access, needed when it listens anywhere but on loopback:'],
];

/** The settings of one program as `--help` prints them. */
export function formatSettingsHelp(reader: 'server' | 'agent'): string {
  const groups = GROUPS.map(([group, title]) => {
    const rows = listSettings(reader, [group]).map((row) => formatRow(row, reader));
    return rows.length === 0 ? null : reader === 'agent' ? rows.join('\n') : `${title}\n\n${rows.join('\n')}`;
  });
  return `Settings are environment variables; of a secret X, X_FILE may name a file with it.\n\n${groups
    .filter((group) => group !== null)
    .join('\n\n')}\n`;
}

function formatRow([name, setting]: [SettingName, Setting], reader: 'server' | 'agent'): string {
  const help = ((reader === 'agent' ? setting.agentHelp : null) ?? setting.help).replaceAll('`', '');
  const unset = formatUnset(setting).replaceAll('`', '');
  const secret = setting.secret ? ' (or _FILE)' : '';
  const lines = wrap(`${help}${unset === '' ? '' : ` (default: ${unset})`}${secret}`, WIDTH - NAME_WIDTH - 2);
  return lines.map((line, at) => `  ${(at === 0 ? name : '').padEnd(NAME_WIDTH - 2)}${line}`).join('\n');
}

/** The settings of some groups as a table in Markdown. */
export function formatSettingsTable(reader: 'server' | 'agent', groups: readonly SettingGroup[]): string {
  const rows = listSettings(reader, groups)
    .filter(([, { readBy }]) => reader === 'server' || readBy.length === 1)
    .map(([name, setting]) => {
      const names = setting.secret ? `\`${name}\` or \`${name}_FILE\`` : `\`${name}\``;
      return `| ${names} | ${setting.help} | ${formatUnset(setting)} |`.replaceAll(/ +/g, ' ');
    });
  return ['| variable | meaning | default |', '|---|---|---|', ...rows].join('\n');
}

function listSettings(reader: 'server' | 'agent', groups: readonly SettingGroup[]): [SettingName, Setting][] {
  return ALL_SETTINGS.filter(
    ([, { readBy, group, internal }]) => readBy.includes(reader) && groups.includes(group) && !internal,
  ).map(([name, setting]) => [name, setting]);
}

function formatUnset({ unset, unsetInWords }: Setting): string {
  return unsetInWords ?? (unset === undefined ? '' : `\`${unset}\``);
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
