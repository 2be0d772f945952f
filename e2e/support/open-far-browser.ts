import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { run } from '#e2e/lab/run.ts';
import { findChromium } from './find-chromium.ts';

/** A browser on a machine of its own, as far as the network goes: one cable leads from it to this machine. */
export interface FarBrowser {
  browser: Browser;
  /** This machine's address, as the browser reaches it. */
  address: string;
  /** The cable is cut somewhere on its way: no packet arrives, no reset, and both ends still see a link. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
const QUIET_ARGS = ['--disable-background-networking', '--disable-component-update'];

/** Needs root. Leaves nothing behind when closed. */
export async function openFarBrowser(): Promise<FarBrowser> {
  const tag = (process.pid % 100_000).toString(36);
  const names = { netns: `vitals-room-${tag}`, bridge: `vrb${tag}`, port: `vrp${tag}` };
  const network = `10.212.${process.pid % 250}`;
  const folder = mkdtempSync(join(tmpdir(), 'swarm-vitals-room-'));
  const remove = async () => {
    await run('ip', ['netns', 'delete', names.netns]).catch(() => {});
    await run('ip', ['link', 'delete', names.bridge]).catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await run('ip', ['netns', 'add', names.netns]);
    await run('ip', ['link', 'add', names.bridge, 'type', 'bridge']);
    await run('ip', ['address', 'add', `${network}.1/24`, 'dev', names.bridge]);
    await run('ip', ['link', 'set', names.bridge, 'up']);
    const otherEnd = ['type', 'veth', 'peer', 'name', 'eth0', 'netns', names.netns];
    await run('ip', ['link', 'add', names.port, ...otherEnd]);
    await run('ip', ['link', 'set', names.port, 'master', names.bridge, 'up']);
    await run('ip', ['-n', names.netns, 'address', 'add', `${network}.2/24`, 'dev', 'eth0']);
    await run('ip', ['-n', names.netns, 'link', 'set', 'lo', 'up']);
    await run('ip', ['-n', names.netns, 'link', 'set', 'eth0', 'up']);
    // Playwright speaks to the browser over a pipe, which no cable carries.
    const executablePath = join(folder, 'chromium');
    const real = findChromium() ?? chromium.executablePath();
    writeFileSync(
      executablePath,
      `#!/bin/sh\nexec nsenter --net=/var/run/netns/${names.netns} ${real} "$@"\n`,
    );
    chmodSync(executablePath, 0o755);
    const browser = await chromium.launch({ executablePath, args: [...ARGS, ...QUIET_ARGS] });
    return {
      browser,
      address: `${network}.1`,
      cut: async () => void (await run('ip', ['link', 'set', names.port, 'nomaster'])),
      mend: async () => void (await run('ip', ['link', 'set', names.port, 'master', names.bridge])),
      async close() {
        await browser.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
