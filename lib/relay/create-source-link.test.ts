import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createSourceLink } from './create-source-link.ts';
import { toSourceProblem } from './source.ts';

const TOKEN = 'relay-token-0123456789';
const folder = mkdtempSync(join(tmpdir(), 'vitals-relay-tls-'));
const make = (name: string, host: string) => {
  const file = (end: string) => join(folder, `${name}.${end}`);
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file('key')];
  const subject = ['-days', '1', '-subj', `/CN=${name}`, '-addext', `subjectAltName=${host}`];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', file('pem'), ...subject], { stdio: 'ignore' });
  return { key: readFileSync(file('key')), cert: readFileSync(file('pem'), 'utf8') };
};
const ours = make('ours', 'IP:127.0.0.1');
const other = make('other', 'DNS:elsewhere.example');
const servers: http.Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true });
});

const listen = async (server: http.Server) => {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};
async function ask(url: string, ca: string | null) {
  const link = createSourceLink({ url, token: TOKEN, ca });
  try {
    const response = await link.get('/api/stream', {}, AbortSignal.timeout(10_000));
    response.destroy();
    return response.statusCode;
  } catch (error) {
    return toSourceProblem(error);
  } finally {
    link.close();
  }
}

test('a certificate of our own authority is taken where that is named, and of no other', async () => {
  const heard: (string | undefined)[] = [];
  const answer: http.RequestListener = (request, response) => {
    heard.push(request.headers.authorization);
    response.end();
  };
  const [first, second] = [
    await listen(https.createServer(ours, answer)),
    await listen(https.createServer(other, answer)),
  ];
  expect(await ask(`https://127.0.0.1:${first}`, ours.cert)).toBe(200);
  expect(heard).toEqual([`Bearer ${TOKEN}`]);
  const unknown = { kind: 'certificate', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
  expect(await ask(`https://127.0.0.1:${first}`, null)).toEqual(unknown);
  expect(await ask(`https://127.0.0.1:${first}`, other.cert)).toMatchObject({ kind: 'certificate' });
  expect(await ask(`https://127.0.0.1:${second}`, other.cert), 'of another name').toEqual({
    kind: 'certificate',
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  expect(heard, 'and none of these was shown the token').toHaveLength(1);
});

test('where a redirect leads, nothing is asked: the token stays with the server that is set', async () => {
  const elsewhere: string[] = [];
  const there = await listen(
    http.createServer((request, response) => {
      elsewhere.push(request.url ?? '');
      response.end();
    }),
  );
  const here = await listen(
    http.createServer((_, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${there}/api/stream` }).end(),
    ),
  );
  expect(await ask(`http://127.0.0.1:${here}`, null)).toBe(302);
  expect(elsewhere).toEqual([]);
});
