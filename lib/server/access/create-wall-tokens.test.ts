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
  ['what nobody understands opens no stack', ' swarm=prod', [], null],
  ['nor does it beside what is understood', ' stacks=shop swarm=prod', [], null],
])('a line of %s', async (_, words, stacks, swarms) => {
  writeFileSync(path, `${TOKEN}${words}\n`);
  const tokens = createWallTokens({ kind: 'file', path }, () => {});
  const pass = await tokens.open((await tokens.issue(TOKEN)) ?? '');
  expect(pass).toMatchObject({ stacks, swarms });
});

test('a screen that is narrowed to another swarm is open no longer', async () => {
  writeFileSync(path, `${TOKEN} swarms=prod\n`);
  const tokens = createWallTokens({ kind: 'file', path }, () => {});
  const pass = await tokens.open((await tokens.issue(TOKEN)) ?? '');
  if (pass === null) throw new Error('no pass');
  expect(tokens.isValid(pass)).toBe(true);
  writeFileSync(path, `${TOKEN} swarms=staging\n`);
  expect(tokens.isValid(pass)).toBe(false);
});
