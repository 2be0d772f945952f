import type { Page } from '@playwright/test';

/** What a wall showed at a moment of the browser's clock. */
export interface WallSight {
  atMs: number;
  truth: string;
  tone: string;
  /** What stands large on it. */
  headline: string;
  /** What it says of the age of its data. */
  age: string;
  /** Is the red frame in view? */
  framed: boolean;
  /** Is what it shows of the swarm grey, or nothing at all? */
  grey: boolean;
  problems: string[];
}

interface Watched {
  vitalsWall?: WallSight[];
}

/**
 * Notes four times a second what the wall shows, as it is drawn.
 * @returns a function that gives what was seen so far; fails when the page was reloaded meanwhile
 */
export async function watchWall(page: Page): Promise<() => Promise<WallSight[]>> {
  await page.evaluate(() => {
    const seen: WallSight[] = [];
    (window as unknown as Watched).vitalsWall = seen;
    const look = () => {
      const wall = document.querySelector<HTMLElement>('.wall');
      const frame = document.querySelector('.wall > .wall-frame');
      const body = document.querySelector('.wall-body');
      const text = (selector: string) => document.querySelector(selector)?.textContent ?? '';
      seen.push({
        atMs: Date.now(),
        truth: wall?.dataset.truth ?? 'gone',
        tone: wall?.dataset.tone ?? 'gone',
        headline: [text('.wall-head h1'), text('[data-text="verdict"]'), text('.wall > .wall-splash strong')]
          .filter((part) => part !== '')
          .join(' / '),
        age: text('.wall-age'),
        framed: frame !== null && getComputedStyle(frame).visibility === 'visible',
        grey: body === null || getComputedStyle(body).filter.includes('grayscale'),
        problems: [...document.querySelectorAll<HTMLElement>('[data-problem]')].map(
          ({ dataset }) => `${dataset.service ?? dataset.node}`,
        ),
      });
    };
    look();
    setInterval(look, 250);
  });
  return async () => {
    const seen = await page.evaluate(() => (window as unknown as Watched).vitalsWall ?? null);
    if (seen === null) throw new Error('The page was reloaded while the wall was watched.');
    return seen;
  };
}

/** The sights as a story, one line per second in which something changed: what the wall showed when. */
export function formatSights(sights: readonly WallSight[], fromMs: number): string[] {
  let last = '';
  return sights.flatMap((sight) => {
    const { truth, headline, framed, grey } = sight;
    const state = `${truth}: ${headline}${framed ? ', red frame' : ''}${grey ? ', grey' : ''}`;
    if (state === last) return [];
    last = state;
    return [`${((sight.atMs - fromMs) / 1000).toFixed(1)} s ${state}`];
  });
}
