import { type Browser, chromium } from '@playwright/test';
import { findChromium } from '#e2e/support/find-chromium.ts';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'];
const QUIET_ARGS = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A headless Chromium that ends when it is closed, not by itself on Ctrl-C: the caller cleans up in order. */
export function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [...ARGS, ...QUIET_ARGS],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
