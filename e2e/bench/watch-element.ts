import type { Page } from '@playwright/test';

interface Watching {
  vitalsBench?: { changedAtMs: number | null; stop(): void };
}

/**
 * Notes when an element, or what is in it, next changes in the document, comes or goes: the page's own clock, which is
 * this machine's.
 * @returns a function that waits for that moment; null when it did not come in time
 */
export async function watchElement(
  page: Page,
  selector: string,
): Promise<(timeoutMs: number) => Promise<number | null>> {
  await page.evaluate((css) => {
    const shared = window as Watching;
    shared.vitalsBench?.stop();
    let element = document.querySelector(css);
    const before = element?.outerHTML ?? '';
    const observer = new MutationObserver(() => {
      const nowMs = Date.now();
      // Looking it up anew costs time where there are ten thousand.
      if (!element?.isConnected) element = document.querySelector(css);
      if ((element?.outerHTML ?? '') === before) return;
      observer.disconnect();
      watching.changedAtMs = nowMs;
    });
    const watching: NonNullable<Watching['vitalsBench']> = {
      changedAtMs: null,
      stop: () => observer.disconnect(),
    };
    observer.observe(document, { attributes: true, characterData: true, childList: true, subtree: true });
    shared.vitalsBench = watching;
  }, selector);
  const read = () => page.evaluate(() => (window as Watching).vitalsBench?.changedAtMs ?? null);
  return async (timeoutMs) => {
    const endMs = Date.now() + timeoutMs;
    for (;;) {
      const atMs = await read();
      if (atMs !== null || Date.now() > endMs) return atMs;
      await page.waitForTimeout(20);
    }
  };
}
