import { expect, test } from 'vitest';
import { decideRequest } from './decide-request.ts';

const decide = (
  method: string,
  url: string,
  head: { contentLength?: string; transferEncoding?: string } = {},
) => {
  const { contentLength, transferEncoding } = head;
  const decision = decideRequest({ method, url, contentLength, transferEncoding, hosts: 1 });
  return decision.kind === 'pass' ? decision.bodyBytes : decision.statusCode;
};

test.each([
  ['GET', '/', 0],
  ['HEAD', '/services/web%2Fapi?view=1//2', 0],
  ['GET', '/services/caf%C3%A9', 0],
  ['GET', '/login#/api/swarm', 400],
  ['GET', '/api/healthz?a#/../swarm', 400],
  ['GET', '/login?next=%', 0],
  ['PUT', '/', 405],
  ['OPTIONS', '/api/swarm', 405],
  ['TRACE', '/', 405],
  ['POST', '/', 405],
  ['POST', '/api/swarm', 405],
  ['GET', '/api/login', 405],
  ['GET', '/api/silences', 0],
  ['DELETE', '/api/silences', 405],
  ['POST', '/api/silences/x', 405],
  ['GET', '/api/silences/x/end', 405],
  ['POST', '/api/silences/x/y/end', 405],
  ['GET', '*', 400],
  ['GET', 'http://vitals.example/', 400],
  ['GET', '', 400],
  ['GET', '//evil.example', 400],
  ['GET', '/%2fevil.example', 400],
  ['GET', '/%5cevil.example', 400],
  ['GET', '/\\evil.example', 400],
  ['GET', '/services//web', 400],
  ['GET', '/api/services/%', 400],
  ['GET', '/api/services/%zz', 400],
  ['GET', '/api/services/%ff', 400],
  ['GET', '/api/services/%e0%a4%a', 400],
  ['GET', '/services/a.b/..c', 0],
  ['GET', '/_next/static/../../api/swarm', 400],
  ['GET', '/_next/static/%2e%2E/%2e./api/swarm', 400],
  ['GET', '/_next/static/..%2f..%2fapi/swarm', 400],
  ['GET', '/api/healthz/../swarm', 400],
  ['GET', '/api/./swarm', 400],
  ['GET', '/..', 400],
  ['GET', '/a%00b', 400],
  ['GET', '/a%0d%0aSet-Cookie:x', 400],
  ['GET', '/a%7f', 400],
  ['GET', `/${'a'.repeat(5_000)}`, 414],
])('%s %s', (method, url, expected) => {
  expect(decide(method, url)).toBe(expected);
});

test.each([
  ['POST', '/api/login', { contentLength: '8192' }, 8_192],
  ['POST', '/api/login?x', { contentLength: '30' }, 30],
  ['POST', '/api/login', { contentLength: '8193' }, 413],
  ['POST', '/api/login', { contentLength: '1e9' }, 413],
  ['POST', '/api/login', { contentLength: 'many' }, 400],
  ['POST', '/api/login', { transferEncoding: 'chunked' }, 411],
  ['POST', '/api/logout', { contentLength: '0' }, 0],
  ['POST', '/api/silences', { contentLength: '8192' }, 8_192],
  ['POST', '/api/silences', { contentLength: '8193' }, 413],
  ['POST', '/api/silences', { transferEncoding: 'chunked' }, 411],
  ['GET', '/api/silences', { contentLength: '1' }, 400],
  ['POST', '/api/silences/x/end', {}, 0],
  ['POST', '/api/silences/x/end', { contentLength: '2' }, 2],
  ['POST', '/api/silences/x/end', { contentLength: '1025' }, 413],
  ['POST', '/api/logout', { contentLength: '2000' }, 413],
  ['GET', '/', { contentLength: '0' }, 0],
  ['GET', '/', { contentLength: '1' }, 400],
  ['GET', '/api/swarm', { transferEncoding: 'chunked' }, 411],
  ['HEAD', '/metrics', { contentLength: '10000000' }, 400],
])('%s %s with a body of %o', (method, url, head, expected) => {
  expect(decide(method, url, head)).toBe(expected);
});

test('who sends a body is told what is the matter with it, and never that two bytes are too long', () => {
  const say = (method: string, url: string, contentLength: string) => {
    const head = { method, url, contentLength, transferEncoding: undefined, hosts: 1 };
    const decision = decideRequest(head);
    return decision.kind === 'refuse' ? decision.message : null;
  };
  expect(say('GET', '/api/swarm', '2')).toBe('Send GET without a body.');
  expect(say('POST', '/api/silences/x/end', '2')).toBeNull();
  expect(say('POST', '/api/login', '9000')).toBe('The body has 9000 bytes: at most 8192 are read here.');
  expect(say('POST', '/api/login', 'many')).toBe('The length of the body is no number.');
});
