import { describe, expect, it } from 'vitest';
import { MASK, maskSecrets } from './mask-secrets.ts';

describe('masking the obvious secrets', () => {
  it.each([
    [
      'redis-cli -a hunter2 --no-auth-warning ping | grep PONG',
      `redis-cli -a ${MASK} --no-auth-warning ping | grep PONG`,
    ],
    ['mysqladmin ping -h 127.0.0.1 -uroot -phunter2', `mysqladmin ping -h 127.0.0.1 -uroot -p${MASK}`],
    ['mysqladmin ping --password=hunter2', `mysqladmin ping --password=${MASK}`],
    [
      'curl -fsS -u admin:hunter2 http://localhost/health',
      `curl -fsS -u admin:${MASK} http://localhost/health`,
    ],
    ['curl --user "admin:hunter2" localhost', `curl --user "admin:${MASK}" localhost`],
    [
      'curl -H "Authorization: Bearer hunter2" localhost',
      `curl -H "Authorization: Bearer ${MASK}" localhost`,
    ],
    ['PGPASSWORD=hunter2 psql -c "select 1"', `PGPASSWORD=${MASK} psql -c "select 1"`],
    ['POSTGRES_PASSWORD="hunter 2 more" pg_isready', `POSTGRES_PASSWORD="${MASK}" pg_isready`],
    ['wget -qO- http://localhost/?token=hunter2&x=1', `wget -qO- http://localhost/?token=${MASK}&x=1`],
    ['{"status":"down","apiKey":"hunter2"}', `{"status":"down","apiKey":"${MASK}"}`],
    ['dial postgres://app:hunter2@db:5432/x: refused', `dial postgres://app:${MASK}@db:5432/x: refused`],
    ['check --token hunter2 --verbose', `check --token ${MASK} --verbose`],
    ['got eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4', `got ${MASK}`],
    ['AKIAIOSFODNN7EXAMPLE', MASK],
    ['client_secret: hunter2', `client_secret: ${MASK}`],
  ])('%s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked);
  });

  it.each([
    'curl -fsS http://localhost:8080/health || exit 1',
    'pg_isready -U app -d app',
    'redis-cli ping | grep PONG',
    'HTTP 503 Service Unavailable',
    'token expired',
    '/bin/sh: /etc/passwd: Permission denied',
    'exec: "/etc/passwd": permission denied: unknown',
    'wrong password: access denied for user app',
    'GET /api/token: 404',
    'wrong password for user app',
    'wget: server returned error: HTTP/1.1 500',
    'test -f /run/secrets/db',
    'mysqladmin ping -h localhost -P 3306',
    'https://example.com/keys?page=1',
    '',
  ])('leaves %j alone', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('masks what was asked for besides', () => {
    expect(maskSecrets('customer 4711 is down', [{ find: () => [0, 13] }])).toBe(`${MASK} is down`);
  });

  it('is quick on the longest output that a probe can have, whatever is in it', () => {
    for (const unit of [
      'a',
      ' ',
      '-',
      'password',
      'token: ',
      'curl ',
      'redis-cli -',
      '://a:',
      `${'x'.repeat(50)} `,
    ])
      expect(maskSecrets(unit.repeat(Math.ceil(4_096 / unit.length))).length).toBeGreaterThan(0);
  });
});
