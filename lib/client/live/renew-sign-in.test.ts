import { expect, it, vi } from 'vitest';
import { renewSignIn } from './renew-sign-in.ts';

it.each<[string, () => Promise<Response>, boolean]>([
  ['the server leads to the provider', async () => Response.redirect('https://id.example/'), true],
  ['somebody signed out in another tab', async () => new Response('You are signed out.'), true],
  ['the provider is gone', async () => new Response('', { status: 502 }), false],
  ['the server is gone', () => Promise.reject(new TypeError('Failed to fetch')), false],
])('a page whose session is over, when %s', async (_what, fetchSignIn, isReloaded) => {
  const reload = vi.fn();
  await renewSignIn({ fetchSignIn, reload, nowMs: () => 600_001 });
  expect(reload.mock.calls).toEqual(isReloaded ? [['sign-in 10']] : []);
});
