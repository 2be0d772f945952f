import { expect, test } from 'vitest';
import { parseDatabaseUrl } from './parse-database-url.ts';

const ADDRESS = { host: 'db', port: 5_432, user: 'vitals', password: 'secret', database: 'history' };
const FULL = { check: 'full', ca: null };

test.each([
  ['postgres://vitals:secret@db/history', { ...ADDRESS, tls: FULL }],
  ['postgresql://vitals:secret@db:6432/history', { ...ADDRESS, port: 6_432, tls: FULL }],
  ['postgres://vitals:a%40b%2Fc@db/history', { ...ADDRESS, password: 'a@b/c', tls: FULL }],
  ['postgres://vitals:secret@db/history?sslmode=disable', { ...ADDRESS, tls: { check: 'none', ca: null } }],
  [
    'postgres://vitals:secret@db/history?sslmode=require',
    { ...ADDRESS, tls: { check: 'encrypted', ca: null } },
  ],
  [
    'postgres://vitals:secret@db/history?sslmode=verify-ca&sslrootcert=/run/secrets/ca.crt',
    { ...ADDRESS, tls: { check: 'authority', ca: '/run/secrets/ca.crt' } },
  ],
  [
    'postgres://vitals:secret@127.0.0.1/history',
    { ...ADDRESS, host: '127.0.0.1', tls: { check: 'none', ca: null } },
  ],
  ['postgres://vitals:secret@[2001:db8::1]/history', { ...ADDRESS, host: '2001:db8::1', tls: FULL }],
  [
    'postgres://vitals@/history?host=/run/postgresql',
    { ...ADDRESS, host: '/run/postgresql', password: '', tls: { check: 'none', ca: null } },
  ],
  ['postgres://vitals:secret@/history?host=db.example', { ...ADDRESS, host: 'db.example', tls: FULL }],
  [
    'postgres://vitals:secret@localhost/history?host=db.example',
    { ...ADDRESS, host: 'db.example', tls: FULL },
  ],
  ['postgres://vitals:secret@[::1]/history', { ...ADDRESS, host: '::1', tls: { check: 'none', ca: null } }],
  [
    'postgres://vitals:secret@db/history?sslmode=require&sslrootcert=/run/secrets/ca.crt',
    { ...ADDRESS, tls: { check: 'authority', ca: '/run/secrets/ca.crt' } },
  ],
])('%s', (text, address) => {
  expect(parseDatabaseUrl(text)).toEqual(address);
});

test.each([
  ['mysql://vitals:secret@db/history', 'is no address of PostgreSQL'],
  ['db/history', 'is no address of PostgreSQL'],
  ['postgres://vitals:secret@db', 'names no database'],
  ['postgres://db/history', 'names no user'],
  ['postgres://vitals:100%@db/history', 'has a %'],
  ['postgres://vitals:secret@db/history?sslmode=prefer', 'has an sslmode that is none of disable, require'],
  ['postgres://vitals:secret@db/history?options=-c', 'has a parameter that is not known'],
])('%s is refused, without the password', (text, message) => {
  const answer = parseDatabaseUrl(text);
  expect(answer).toContain(message);
  expect(answer).not.toContain('secret');
});
