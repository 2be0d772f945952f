import { describe, expect, it } from 'vitest';
import type { Endpoint } from '#lib/engine/endpoint.ts';
import { EngineError } from '#lib/engine/port.ts';
import { toNetworkError } from './to-network-error.ts';

const SOCKET: Endpoint = { kind: 'unix', display: 'unix:///d.sock', path: '/d.sock' };
const TCP: Endpoint = { kind: 'tcp', display: 'tcp://h:1', host: 'h', port: 1, tls: null };
const fail = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('toNetworkError', () => {
  it.each([
    [SOCKET, fail('ENOENT'), 'unreachable', 'mount it'],
    [SOCKET, fail('EACCES'), 'unreachable', 'group'],
    [SOCKET, fail('ECONNREFUSED'), 'unreachable', 'nothing listens on it'],
    [SOCKET, fail('ECONNRESET'), 'unreachable', 'broken off'],
    [TCP, fail('ECONNREFUSED'), 'unreachable', 'nothing listens there'],
    [TCP, fail('ENOTFOUND'), 'unreachable', 'name'],
    [TCP, fail('EHOSTUNREACH'), 'unreachable', 'no way'],
    [TCP, fail('HPE_INVALID_CONSTANT', 'Parse Error'), 'garbled', 'TLS'],
    [TCP, fail('EPROTO', 'ssl3_get_record:wrong version number'), 'config', 'does not speak TLS'],
    [TCP, fail('ERR_SSL_PACKET_LENGTH_TOO_LONG', 'packet length too long'), 'config', 'does not speak TLS'],
    [TCP, fail('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'config', 'refuses our TLS certificate'],
    [TCP, fail('DEPTH_ZERO_SELF_SIGNED_CERT'), 'config', 'ca.pem'],
    [TCP, fail('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'config', 'ca.pem'],
    [TCP, fail('CERT_HAS_EXPIRED'), 'config', 'expired'],
    [TCP, fail('CERT_NOT_YET_VALID'), 'config', 'not valid yet'],
    [TCP, fail('ERR_TLS_CERT_ALTNAME_INVALID', 'Host: h'), 'config', 'another name'],
    [TCP, new Error('odd'), 'unreachable', 'odd'],
    [TCP, 'thrown text', 'unreachable', 'thrown text'],
  ])('%j %s', (endpoint, error, kind, words) => {
    const converted = toNetworkError(error, endpoint);
    expect(converted.kind).toBe(kind);
    expect(converted.message).toContain(words);
    expect(converted.message).toContain(endpoint.display);
  });

  it('leaves what is an EngineError already', () => {
    const converted = new EngineError('config', 'x');
    expect(toNetworkError(converted, TCP)).toBe(converted);
  });
});
