import type { Browser } from '@playwright/test';
import type { Subject } from './subject.ts';

export interface Transfers {
  scriptBytes: number;
  documentBytes: number;
}

const REST_MS = 3_000;

/** What a first visit costs on the wire: bodies, as encoded there. A shared worker's own file is not in it. */
export async function sumTransfers(browser: Browser, { url }: Pick<Subject, 'url'>): Promise<Transfers> {
  const kinds = new Map<string, string>();
  const heads = new Map<string, number>();
  const bytes: Record<string, number> = {};
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    session.on('Network.responseReceived', ({ requestId, type, response }) => {
      kinds.set(requestId, type);
      heads.set(requestId, response.encodedDataLength);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId) ?? 'other';
      bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength - (heads.get(requestId) ?? 0);
    });
    await session.send('Network.enable');
    await page.goto(url, { waitUntil: 'load', timeout: 180_000 });
    // What is loaded once the page is alive counts too.
    await page.waitForTimeout(REST_MS);
  } finally {
    await context.close();
  }
  return { scriptBytes: bytes.Script ?? 0, documentBytes: bytes.Document ?? 0 };
}
