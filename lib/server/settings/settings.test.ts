import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findUnknownSettings } from './find-unknown-settings.ts';
import { formatSettingsHelp, formatSettingsTable } from './format-settings.ts';
import { readSettings, type Settings } from './read-settings.ts';
import { ALL_SETTINGS } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'vitals-settings-'));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true }));

function read<T>(env: Record<string, string>, take: (settings: Settings) => T) {
  const problems: string[] = [];
  return { value: take(readSettings(env, problems)), problems };
}

describe('a setting', () => {
  it.each([
    ['is what it is set to', { VITALS_DATA: ' /data ' }, '/data'],
    ['that is empty is not set', { VITALS_DATA: '  ' }, null],
    ['that is not there is not set', {}, null],
  ] as [string, Record<string, string>, string | null][])('%s', (_, env, value) => {
    expect(read(env, (settings) => settings.text('VITALS_DATA'))).toEqual({ value, problems: [] });
  });

  it.each([
    [{}, 9501, null],
    [{ VITALS_AGENT_PORT: '1' }, 1, null],
    [{ VITALS_AGENT_PORT: '65535' }, 65_535, null],
    [{ VITALS_AGENT_PORT: '0' }, 9501, 'VITALS_AGENT_PORT: a port is a number from 1 to 65535, not "0".'],
    [{ VITALS_AGENT_PORT: '0x10' }, 9501, /not "0x10"/],
    [{ VITALS_AGENT_PORT: '1e3' }, 9501, /not "1e3"/],
    [{ VITALS_AGENT_PORT: '-5' }, 9501, /not "-5"/],
  ] as [Record<string, string>, number, string | RegExp | null][])(
    '%j is the port %i',
    (env, port, problem) => {
      const { value, problems } = read(env, (settings) => settings.port('VITALS_AGENT_PORT'));
      expect(value).toBe(port);
      expect(problems).toEqual(problem === null ? [] : [expect.stringMatching(problem)]);
    },
  );

  it('that is one of some words is refused with them when it is another', () => {
    expect(read({ VITALS_AUTH: 'ldap' }, (settings) => settings.choice('VITALS_AUTH'))).toEqual({
      value: null,
      problems: ['VITALS_AUTH: password, oidc, proxy or none, not "ldap".'],
    });
  });

  it('that is a list takes commas and blanks, and leaves out what is empty', () => {
    const { value } = read({ VITALS_HOSTS: ' a.example,,b.example  c.example ' }, (settings) =>
      settings.list('VITALS_HOSTS'),
    );
    expect(value).toEqual(['a.example', 'b.example', 'c.example']);
  });
});

describe('a secret', () => {
  const take = (settings: Settings) => settings.secret('VITALS_API_TOKEN');

  it('is in the variable, or in the file that another one names', () => {
    expect(read({ VITALS_API_TOKEN: 'one' }, take)).toEqual({ value: 'one', problems: [] });
    const path = file('token', 'two\n');
    expect(read({ VITALS_API_TOKEN_FILE: path }, take)).toEqual({ value: 'two', problems: [] });
  });

  it.each([
    ['in both', { VITALS_API_TOKEN: 'hunter2', VITALS_API_TOKEN_FILE: file('both', 'x') }, /set one of them/],
    ['in a file that is empty', { VITALS_API_TOKEN_FILE: file('empty', '\n') }, /is empty/],
    ['in a file that is not there', { VITALS_API_TOKEN_FILE: '/nonexistent' }, /no such file/],
  ])('%s is a problem, and is not repeated', (_, env, problem) => {
    const { problems } = read(env as Record<string, string>, take);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems.join()).not.toContain('hunter2');
  });
});

describe('a name that looks like a setting', () => {
  it.each([
    ['VITALS_PASWORD', 'VITALS_PASWORD is no setting of Swarm Vitals: did you mean VITALS_PASSWORD?'],
    ['VITALS_MANAGER', /did you mean VITALS_MANAGERS\?/],
    ['VITALS_API_TOKEN_FLIE', /did you mean VITALS_API_TOKEN_FILE\?/],
    ['VITALS_DATA_FILE', /is no setting of Swarm Vitals/],
    ['VITALS_SOMETHING_ELSE_ALTOGETHER', /is no setting of Swarm Vitals\.$/],
  ])('%s is named', (name, sentence) => {
    const found = findUnknownSettings({ [name]: 'hunter2', VITALS_PASSWORD_FILE: '/x', PATH: '/' });
    expect(found).toEqual([expect.stringMatching(sentence)]);
    expect(found.join()).not.toContain('hunter2');
  });

  it('is none when it is one, of the tests, or of another program', () => {
    const env = Object.fromEntries(ALL_SETTINGS.map(([name]) => [name, 'x']));
    expect(findUnknownSettings({ ...env, VITALS_TEST_LAB: 'x', VITALS_IMAGE: 'x' })).toEqual([]);
  });
});

describe('what is said of settings', () => {
  it('--help has each that the program reads, within the width of a terminal', () => {
    for (const reader of ['server', 'agent'] as const) {
      const help = formatSettingsHelp(reader);
      for (const [name, { readBy, internal }] of ALL_SETTINGS)
        expect(new RegExp(`^  ${name}\\b`, 'm').test(help), `${reader} ${name}`).toBe(
          readBy.includes(reader) && !internal,
        );
      for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
    }
  });

  it('a table names the file of a secret, and what counts when nothing is set', () => {
    const table = formatSettingsTable('server', ['access']);
    expect(table).toContain('| `VITALS_PASSWORD` or `VITALS_PASSWORD_FILE` |');
    expect(table).toContain('| `x-forwarded-user` |');
  });
});
