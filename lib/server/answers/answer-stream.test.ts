import { expect, test } from 'vitest';
import { answerStream } from './answer-stream.ts';

const HEADERS = { 'content-type': 'text/plain' };

test('whoever asks for the head of a stream or a log gets it, and nothing is left open for them', () => {
  const answer = answerStream({ method: 'HEAD' }, HEADERS, () => expect.unreachable());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/plain');
  expect(answer.body).toBeNull();
});

test('whoever asks for all of it gets it, or hears that there is no room', async () => {
  const text = () => new Blob(['said']).stream();
  expect(await answerStream({ method: 'GET' }, HEADERS, text).text()).toBe('said');
  const full = () => new Response('full', { status: 503 });
  expect(answerStream({ method: 'GET' }, HEADERS, full).status).toBe(503);
});
