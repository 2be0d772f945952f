import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { findFreePort } from '#e2e/support/find-free-port.ts';
import { root } from '#e2e/support/root.ts';

/** A provider of OpenID Connect that knows one server of ours. */
export interface OidcProvider {
  /** What that server is started with. */
  settings: Record<string, string>;
  close(): Promise<void>;
}

const NODE = join(root, 'node_modules/.bin/node');

/**
 * @param ownUrl where browsers reach our server, without a slash at its end
 * @param tokenSeconds how long its word for somebody lasts
 */
export async function startProvider(ownUrl: string, tokenSeconds = 3_600): Promise<OidcProvider> {
  const port = await findFreePort();
  const client = { CLIENT_ID: 'vitals', CLIENT_SECRET: 'what-only-the-two-know' };
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', NODE, join(import.meta.dirname, 'provider.js')], {
    env: {
      ...process.env,
      ...client,
      PORT: String(port),
      OWN_URL: ownUrl,
      TOKEN_SECONDS: String(tokenSeconds),
    },
    stdio: ['ignore', 'pipe', 'inherit'] as const,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([
    new Promise((resolve) => child.stdout.once('data', resolve)),
    ended.then(() => Promise.reject(new Error('The provider ended at its start.'))),
  ]);
  return {
    settings: {
      VITALS_AUTH: 'oidc',
      VITALS_OIDC_ISSUER: `http://127.0.0.1:${port}`,
      VITALS_OIDC_CLIENT_ID: client.CLIENT_ID,
      VITALS_OIDC_CLIENT_SECRET: client.CLIENT_SECRET,
      VITALS_OIDC_GROUPS: '*',
      VITALS_PUBLIC_URL: ownUrl,
    },
    async close() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** What somebody does there: says who they are, and that we may know it. */
export async function signInAtProvider(page: Page, name: string): Promise<void> {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('any');
  await page.locator('button[type="submit"]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
