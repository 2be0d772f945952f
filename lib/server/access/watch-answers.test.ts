import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { buildAccessConfig } from '#lib/testing/build-access-config.ts';
import { createGate } from './create-gate.ts';
import type { Gate } from './gate.ts';
import { type AnswerWatch, watchAnswers } from './watch-answers.ts';

const ALONE = { networks: [], own: [], inContainer: false };
const CONFIG = buildAccessConfig({
  mode: { kind: 'password', password: { kind: 'plain', text: 'correct horse' } },
  apiToken: 'an-api-token-of-ours',
});

let server: Server | undefined;
let watch: AnswerWatch | undefined;
afterEach(() => {
  watch?.close();
  server?.close();
  server?.closeAllConnections();
});

function repeatOften(work: () => void) {
  const timer = setInterval(work, 20);
  return { cancel: () => clearInterval(timer) };
}

/** A server whose every path sends something each 10 ms and never ends. */
async function start(): Promise<{
  gate: Gate;
  open(path: string, cookie: string): Promise<IncomingMessage>;
}> {
  const gate = createGate(CONFIG, {
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    log: () => {},
    installationSecret: null,
    signOutPath: null,
    surroundings: ALONE,
  });
  const watching = watchAnswers(gate, repeatOften);
  const endless = createServer((request, response) => {
    watching.add(request, response);
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  });
  server = endless;
  watch = watching;
  await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
  const { port } = endless.address() as AddressInfo;
  return {
    gate,
    open: (path, cookie) =>
      new Promise((resolve, reject) => {
        const headers = {
          cookie,
          ...(cookie === '' ? { authorization: 'Bearer an-api-token-of-ours' } : {}),
        };
        get({ host: '127.0.0.1', port, path, headers, agent: false }, resolve).on('error', reject);
      }),
  };
}

const NOBODY = { header: () => null, countLines: () => 0, cookie: () => null, peer: null, address: '/' };

async function signIn(gate: Gate) {
  const from = { ...NOBODY, method: 'POST', path: '/api/login' };
  const result = await gate.signIn('correct horse', from);
  return result.kind === 'welcome' ? (result.cookies[0]?.value ?? '') : '';
}

/** How an answer ends: cut, or not before `ms`. */
function endOf(answer: IncomingMessage, ms = 8_000): Promise<'cut' | 'goes on'> {
  answer.resume();
  return new Promise((resolve) => {
    answer.on('error', () => {});
    answer.on('close', () => resolve('cut'));
    setTimeout(() => resolve('goes on'), ms).unref();
  });
}

test('every answer that goes on is cut when its reader signs out, and those of others are not', async () => {
  const { gate, open } = await start();
  const [mine, yours] = [await signIn(gate), await signIn(gate)];
  const cookie = `vitals-session=${mine}`;
  const answers = await Promise.all(
    ['/api/stream', '/api/services/a/log?follow=1', '/whatever'].map((p) => open(p, cookie)),
  );
  const others = [await open('/api/stream', `vitals-session=${yours}`), await open('/api/stream', '')];
  const ends = answers.map((answer) => endOf(answer));
  const goesOn = others.map((answer) => endOf(answer, 300));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await gate.signOut({
    ...NOBODY,
    method: 'POST',
    path: '/api/logout',
    cookie: (name) => (name === 'vitals-session' ? mine : null),
  });
  expect(await Promise.all(ends)).toEqual(['cut', 'cut', 'cut']);
  expect(await Promise.all(goesOn)).toEqual(['goes on', 'goes on']);
});

test('an answer to somebody whom nothing lets in is cut, whatever route began it', async () => {
  const { open } = await start();
  expect(await endOf(await open('/api/stream', 'vitals-session=none'))).toBe('cut');
});

test('a wrong password that came with a request is tried no second time while it waits for its answer', async () => {
  const wrong: string[] = [];
  const gate = createGate(CONFIG, {
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    log: (text) => wrong.push(text),
    installationSecret: null,
    signOutPath: null,
    surroundings: ALONE,
  });
  const watching = watchAnswers(gate, repeatOften);
  const slow = createServer((request, response) => {
    watching.add(request, response);
    setTimeout(() => response.writeHead(401).end(), 1_000);
  });
  server = slow;
  watch = watching;
  await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
  const { port } = slow.address() as AddressInfo;
  const authorization = `Basic ${Buffer.from('x:a wrong one').toString('base64')}`;
  expect((await fetch(`http://127.0.0.1:${port}/api/swarm`, { headers: { authorization } })).status).toBe(
    401,
  );
  expect(wrong).toEqual([]);
});
