import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

/** @returns the Chromium to test in: CHROMIUM_PATH, else one of this machine; null when only Playwright's own can be there */
export function findChromium(): string | null {
  const configured = process.env.CHROMIUM_PATH;
  if (configured !== undefined && configured !== '') return configured;
  const inPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'google-chrome'));
  return ['/usr/bin/chromium', '/usr/bin/chromium-browser', ...inPath].find(isProgram) ?? null;
}

/** Is there any Chromium, also Playwright's own? */
export function hasChromium(): boolean {
  return isProgram(findChromium() ?? chromium.executablePath());
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
