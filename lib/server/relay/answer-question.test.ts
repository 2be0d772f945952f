import { expect, test } from 'vitest';
import { NOTHING, WHOLE } from '#lib/model/contract/scope.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { answerQuestion } from './answer-question.ts';

const { signal } = new AbortController();
const vitals = {
  scope: WHOLE,
  serviceDetail: async (name: string) => ({ name }),
  history: { events: async () => 'events' },
  timeline: { read: async () => 'told' },
} as unknown as Vitals;
const NEWEST = {
  ...{ sinceMs: null, untilMs: null, before: null, limit: 100, service: null, node: null },
  ...{ kinds: [], levels: [] },
};
const ask = (text: string, of = vitals) => answerQuestion(of, new URLSearchParams(text), signal);

test('a question is answered by what pages ask', async () => {
  expect(await ask('ask=service&with=["web"]')).toEqual({ name: 'web' });
  expect(await ask('ask=timeline&with=[{"fromMs":1,"untilMs":2}]')).toBe('told');
  expect(await ask(`ask=events&with=${JSON.stringify([NEWEST])}`)).toBe('events');
});

test.each([
  ['', 'no such question'],
  ['ask=toString', 'no such question'],
  ['ask=service', 'not what this question is asked with'],
  ['ask=service&with=["a","b"]', 'not what this question is asked with'],
  ['ask=service&with=[{}]', 'not what this question is asked with'],
  ['ask=service&with=x', 'a list in JSON'],
  // A limit that is no whole number is an error of SQLite's, after which the history is closed for some seconds.
  ...[0.5, 1_001, -1].map((limit): [string, string] => [
    `ask=events&with=${JSON.stringify([{ ...NEWEST, limit }])}`,
    'not what this question is asked with',
  ]),
  ['ask=moment&with=[1e300,null]', 'not what this question is asked with'],
  ...[
    { fromMs: 2, untilMs: 1 },
    { fromMs: 0, untilMs: 1e15 },
  ].map((window): [string, string] => [
    `ask=timeline&with=${JSON.stringify([window])}`,
    'not what this question is asked with',
  ]),
  ['ask=report&with=[{"days":3,"untilMs":null}]', 'not what this question is asked with'],
])('%s is refused', (text, problem) => {
  expect(() => ask(text)).toThrow(problem);
});

test('whom stacks limit cannot ask as somebody else', () => {
  const limited = { ...vitals, scope: NOTHING, apart: () => null };
  const asked = JSON.stringify([{ isWall: false, rights: [{ role: 'admin', stacks: null }] }, 'x']);
  expect(() => ask(`ask=incident-apart&with=${asked}`, limited)).toThrow('who see everything');
});
