import { describe, expect, it } from 'vitest';
import { maskSecrets } from './mask-secrets.ts';

/** Put together, so that no scanner takes it for one. */
const KEY = ['aB3dE5fG7hJ9', 'kL1mN2pQ4rS6', 'tU8vW0xY2zA4'].join('');

describe('a key that nothing names', () => {
  it.each([
    `restoring from ${KEY} done`,
    `worker got ${KEY}`,
    `GET /hooks/deploy/${KEY} 200`,
    `kL1mN2pQ4rS6tU8vW0xY2zA4${KEY}" } cut off at its beginning`,
    `--upstream ${KEY.slice(0, 22)} --port 80`,
    `FOO_VALUE=${KEY.slice(0, 22)}`,
    `{"foo":"${KEY.slice(0, 22)}"}`,
  ])('is hidden in %j', (line) => {
    expect(maskSecrets(line)).not.toContain(KEY.slice(0, 22));
    expect(maskSecrets(line)).toContain('•••');
  });

  it.each([
    'Cluster ID: 5L6g3nShT-eMCtK--X86sw',
    '[index-1][0] node[1W9rRYYfSGCCa_EwZb5yFg], [P], s[STARTED]',
    `x-amz-id-2: ${KEY}`,
    `etag: "${KEY}"`,
    'host key SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8 accepted',
    'go.sum: h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= mismatch',
    'peer xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg= handshake did not complete',
    'boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW',
    'PUT /backups/2026-11-30T12-00-00Z-Backup-orders-v2 201',
    'arn:aws:iam::123456789012:role/aws-reserved/sso/AWSReservedSSO_Admin_0a1b2c3d4e5f6071',
    '/app/node_modules/.pnpm/@aws-sdk+credential-provider-node@3.496.0/node_modules/@aws-sdk/index.js:124',
    `-----BEGIN CERTIFICATE-----\n${KEY}${KEY}\n-----END CERTIFICATE-----`,
  ])('is none in %j', (line) => {
    expect(maskSecrets(line)).toBe(line);
  });
});
