import type { AccessConfig } from '#lib/server/access/access.ts';

/** Settings of access with nothing set but what is given. */
export function buildAccessConfig(given: Pick<AccessConfig, 'mode'> & Partial<AccessConfig>): AccessConfig {
  return {
    grants: null,
    trustedProxies: [],
    sureProxies: [],
    apiToken: null,
    wallTokens: { kind: 'fixed', tokens: [] },
    peers: null,
    hosts: [],
    frameAncestors: [],
    development: false,
    loopback: false,
    ...given,
  };
}
