import type { AccessConfig, AccessMode } from '#lib/server/access/access.ts';
import { createGate } from '#lib/server/access/create-gate.ts';
import { setGate } from '#lib/server/access/get-gate.ts';

/** The gate of this process from now on, as the settings could have made it. */
export function setTestGate(mode: AccessMode, settings: Partial<AccessConfig> = {}): void {
  const config: AccessConfig = {
    mode,
    trustedProxies: [],
    sureProxies: [],
    apiToken: null,
    wallTokens: { kind: 'fixed', tokens: [] },
    peers: null,
    hosts: [],
    frameAncestors: [],
    development: false,
    loopback: true,
    ...settings,
  };
  setGate(
    createGate(config, {
      nowMs: () => performance.now(),
      wallMs: () => Date.now(),
      log: () => {},
      installationSecret: null,
      signOutPath: null,
      surroundings: { networks: [], own: [], inContainer: false },
    }),
  );
}
