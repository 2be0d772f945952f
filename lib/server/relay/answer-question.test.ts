import { expect, test } from 'vitest';
import { NOTHING, WHOLE } from '#lib/model/contract/scope.ts';
import type { Vitals } from '#lib/server/vitals.ts';
import { answerQuestion } from './answer-question.ts';

const { signal } = new AbortController();
const vitals = {
  scope: WHOLE,
  serviceDetail: async (name: string) => ({ name }),
  timeline: { read: async () => 'told' },
} as unknown as Vitals;
const ask = (text: string, of = vitals) => answerQuestion(of, new URLSearchParams(text), signal);

test('a question is answered by what pages ask', async () => {
  expect(await ask('ask=service&with=["web"]')).toEqual({ name: 'web' });
  expect(await ask('ask=timeline&with=[{"fromMs":1,"untilMs":2}]')).toBe('told');
});

test.each([
  ['', 'no such question'],
  ['ask=toString', 'no such question'],
  ['ask=service', 'not what this question is asked with'],
  ['ask=service&with=["a","b"]', 'not what this question is asked with'],
  ['ask=service&with=[{}]', 'not what this question is asked with'],
  ['ask=service&with=x', 'a list in JSON'],
  ['ask=report&with=[{"days":3,"untilMs":null}]', 'not what this question is asked with'],
])('%s is refused', (text, problem) => {
  expect(() => ask(text)).toThrow(problem);
});

test('what is told of the whole swarm alone is not told to whom stacks limit', () => {
  expect(() => ask('ask=timeline&with=[{"fromMs":1,"untilMs":2}]', { ...vitals, scope: NOTHING })).toThrow(
    'whole swarm',
  );
});
