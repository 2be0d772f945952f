import type { AccessConfig, AccessMode } from '#lib/server/access/access.ts';
import { createGate } from '#lib/server/access/create-gate.ts';
import { setGate } from '#lib/server/access/get-gate.ts';
import { buildAccessConfig } from './build-access-config.ts';

/** The gate of this process from now on, as the settings could have made it. */
export function setTestGate(mode: AccessMode, settings: Partial<AccessConfig> = {}): void {
  const config = buildAccessConfig({ mode, loopback: true, ...settings });
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
