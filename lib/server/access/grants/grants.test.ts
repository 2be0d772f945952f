import { expect, test } from 'vitest';
import { readSettings } from '#lib/server/settings/read-settings.ts';
import { formatScope, type Grants, toKept, toScope } from './grants.ts';
import { parseGrants } from './parse-grants.ts';

function parse(
  text: string,
  kind: 'oidc' | 'password' | 'proxy' | 'none' = 'oidc',
  header = 'X-Forwarded-Groups',
  swarms = '',
) {
  const problems: string[] = [];
  const env = { VITALS_GRANTS: text, VITALS_AUTH_GROUPS_HEADER: header, VITALS_SWARMS: swarms };
  const grants = parseGrants(readSettings(env, []), kind, problems);
  return { grants, problems };
}
const may = (grants: Grants, ...groups: string[]) => formatScope(toScope(grants, { name: 'ada', groups }));

test('what each of several groups may see, and somebody in more of them the union', () => {
  const { grants, problems } = parse(
    'ops=admin; dev=operator:stack:shop*,stack:ml; cn=night,dc=example = viewer ; *=viewer:stack:public',
  );
  expect(problems).toEqual([]);
  expect(may(grants, 'ops')).toBe('admin; viewer of public');
  expect(may(grants, 'dev')).toBe('operator of shop*, ml; viewer of public');
  expect(may(grants, 'cn=night,dc=example')).toBe('viewer; viewer of public');
  expect(may(grants, 'dev', 'ops')).toBe('admin; operator of shop*, ml; viewer of public');
  expect(may(grants)).toBe('viewer of public');
  expect(may(parse('ops=admin').grants, 'dev')).toBe('nothing');
  expect(may(parse('ops=admin').grants, 'OPS')).toBe('nothing');
  expect(may(null, 'dev'), 'nothing is set').toBe('admin');
  expect(formatScope(toScope(grants, null)), 'whoever has the password').toBe('viewer of public');
});

const SWARMS = 'prod=http://a,lab=http://b,edge-1=http://c';

test('where no swarm is named a comma alone stands between stacks', () => {
  const { grants, problems } = parse('dev=operator:stack:shop*,ml', 'oidc', '', SWARMS);
  expect(problems).toEqual([]);
  expect(may(grants, 'dev')).toBe('operator of shop*, ml');
});

test('what is for one swarm of several, or for stacks of it', () => {
  const text =
    'eve=viewer:swarm:prod; dev=operator:swarm:prod/stack:shop*,swarm:prod/stack:ml,swarm:lab,stack:tools; sre=admin:swarm:edge-*';
  const { grants, problems } = parse(text, 'oidc', '', SWARMS);
  expect(problems).toEqual([]);
  expect(may(grants, 'eve')).toBe('viewer in prod');
  expect(may(grants, 'dev')).toBe('operator of shop*, ml in prod; operator in lab; operator of tools');
  expect(may(grants, 'sre')).toBe('admin in edge-*');
});

test.each([
  ['a swarm that there is not', SWARMS, 'eve=viewer:swarm:prd', /no swarm prd in VITALS_SWARMS: prod, lab/],
  ['a pattern that is of none', SWARMS, 'eve=viewer:swarm:x-*', /no swarm x-\*/],
  ['a server of one swarm', '', 'eve=viewer:swarm:prod', /several swarms/],
  ['a relay of one', 'prod=http://a', 'eve=viewer:swarm:prod', /several swarms/],
  ['a swarm without a name', SWARMS, 'eve=viewer:swarm:', /after the role of "eve"/],
  ['a swarm of another writing', SWARMS, 'eve=viewer:swarm:Prod', /after the role of "eve"/],
  ['something below a swarm', SWARMS, 'eve=viewer:swarm:prod/shop', /after the role of "eve"/],
  ['a swarm below a swarm', SWARMS, 'eve=viewer:swarm:prod/swarm:lab', /after the role of "eve"/],
  ['a stack without a name', SWARMS, 'eve=viewer:swarm:prod/stack:', /after the role of "eve"/],
  [
    'a name behind a stack of a swarm',
    SWARMS,
    'dev=operator:swarm:prod/stack:shop*,ml',
    /"ml".* stack or a swarm/,
  ],
  ['a name behind a swarm', SWARMS, 'eve=viewer:swarm:prod,lab', /"lab".* stack or a swarm/],
  ['anything behind a swarm', SWARMS, 'dev=operator:swarm:prod,*', /"\*".* stack or a swarm/],
  ['a name behind several', SWARMS, 'eve=viewer:swarm:prod,swarm:lab/stack:a,b', /"b".* stack or a swarm/],
  ['a name before a swarm', SWARMS, 'eve=viewer:stack:a,b,swarm:prod', /"b".* stack or a swarm/],
])('%s is said, and opens nothing', (_, swarms, text, problem) => {
  const { grants, problems } = parse(text, 'oidc', '', swarms);
  expect(problems.join()).toMatch(problem);
  expect(grants).toEqual([]);
});

test.each<[string, string, RegExp]>([
  ['a role that there is not', 'ops=owner', /"ops=owner" is no group=role/],
  ['no role', 'ops', /"ops" is no group=role/],
  ['no group', '=viewer', /"=viewer" is no group=role/],
  ['stacks without their word', 'dev=viewer:shop', /after the role of "dev"/],
  ['a stack without a name', 'dev=viewer:stack:', /after the role of "dev"/],
  ['an empty one among others', 'dev=viewer:stack:a,,b', /after the role of "dev"/],
  ['something after it', 'dev=viewer:stack:a b', /after the role of "dev"/],
  ['nobody', ' ; ', /it names nobody/],
  ['a variable of the stack file that was never set', '', /set and empty/],
  ['blanks', '  ', /set and empty/],
])('%s is said, and opens nothing', (_, text, problem) => {
  const { grants, problems } = parse(text);
  expect(problems.join()).toMatch(problem);
  expect(grants).toEqual([]);
});

test('every problem is said at once, and with a password somebody has to be meant', () => {
  expect(parse('a=b; c=d; *=viewer').problems).toHaveLength(2);
  expect(parse('ops=admin', 'password').problems.join()).toMatch(/nobody has groups/);
  expect(parse('ops=admin', 'none').problems.join()).toMatch(/nobody has groups/);
  expect(parse('*=viewer', 'password').problems).toEqual([]);
  expect(parse('ops=admin', 'proxy').problems).toEqual([]);
  expect(parse('ops=admin', 'proxy', '').problems.join()).toMatch(/takes VITALS_AUTH_GROUPS_HEADER/);
  expect(parse('*=viewer', 'proxy', '').problems).toEqual([]);
});

test('a session keeps the groups that count where they are too many for a cookie', () => {
  const groups = Array.from({ length: 500 }, (_, at) => `group-${at}`);
  const { grants } = parse('group-499=viewer; group-498=operator');
  const kept = toKept({ name: 'ä'.repeat(900), groups }, grants);
  expect(kept.groups).toEqual(expect.arrayContaining(['group-499', 'group-498', 'group-0']));
  expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(1_200);
  // One that is longer than all may be keeps none from being kept.
  const long = `cn=${'x'.repeat(800)}`;
  const named = parse(`${long}=viewer; group-499=viewer`).grants;
  expect(toKept({ name: 'ada', groups: [long, ...groups] }, named).groups).toContain('group-499');
  expect(toKept({ name: 'ada', groups: ['b', 'a'] }, null)).toEqual({ name: 'ada', groups: ['b', 'a'] });
});
