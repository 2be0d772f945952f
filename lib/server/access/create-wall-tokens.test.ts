import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createWallTokens } from './create-wall-tokens.ts';

const TOKEN = 'wall-token-0123456789';
const folder = mkdtempSync(join(tmpdir(), 'wall-tokens-'));
const path = join(folder, 'tokens');
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[string, string, readonly string[] | null, readonly string[] | null]>([
  ['a token alone', '', null, null],
  ['stacks', ' stacks=shop,ml # by the till', ['shop', 'ml'], null],
  ['a swarm', ' swarms=prod', null, ['prod']],
  ['stacks in swarms', ' swarms=prod,lab stacks=shop', ['shop'], ['prod', 'lab']],
  ['no name', ' stacks= swarms=', [], []],
  ['what nobody understands opens no stack and no swarm', ' swarm=prod', [], []],
  ['a word of another writing', ' Swarms=prod', [], []],
  ['blanks around its =', ' stacks = shop', [], []],
  ['it beside what is understood', ' stacks=shop swarms=lab swarm=prod', [], []],
])('a line of %s', async (_, words, stacks, swarms) => {
  writeFileSync(path, `${TOKEN}${words}\n`);
  const tokens = createWallTokens({ kind: 'file', path, swarmNames: ['prod', 'lab'] }, () => {});
  const pass = await tokens.open((await tokens.issue(TOKEN)) ?? '');
  expect(pass).toMatchObject({ stacks, swarms });
});

test.each<[string, string, readonly string[], string[]]>([
  [
    'a swarm with a slip',
    `${TOKEN} swarms=prd`,
    ['prod', 'lab'],
    ['line 2: there is no swarm prd in VITALS_SWARMS: prod, lab.'],
  ],
  [
    'swarms at a server of one',
    `${TOKEN} swarms=prod`,
    [],
    ['line 2 opens nothing: swarms= is for a server that shows several'],
  ],
  [
    'a word with a slip',
    `${TOKEN} swarm=prod`,
    ['prod', 'lab'],
    ['line 2 opens nothing: "swarm=prod" is neither'],
  ],
  ['one that is too short', 'short', [], ['line 2 is no token: it needs 16']],
  ['what is right', `${TOKEN} swarms=prod,lab stacks=shop # hall`, ['prod', 'lab'], []],
])('a line of %s is said at the start, without its token', (_, line, swarmNames, problems) => {
  writeFileSync(path, `# screens\n${line}\n`);
  const said: string[] = [];
  createWallTokens({ kind: 'file', path, swarmNames }, (text) => said.push(text));
  expect(said).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  expect(said.join()).not.toContain(TOKEN);
});

test('a screen that is narrowed to another swarm is open no longer', async () => {
  writeFileSync(path, `${TOKEN} swarms=prod\n`);
  const tokens = createWallTokens({ kind: 'file', path, swarmNames: ['prod', 'lab'] }, () => {});
  const pass = await tokens.open((await tokens.issue(TOKEN)) ?? '');
  if (pass === null) throw new Error('no pass');
  expect(tokens.isValid(pass)).toBe(true);
  writeFileSync(path, `${TOKEN} swarms=staging\n`);
  expect(tokens.isValid(pass)).toBe(false);
});
