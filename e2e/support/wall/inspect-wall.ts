import type { Page } from '@playwright/test';
import { WALL_SIZES } from '#lib/view/wall/wall-sizes.ts';

/** Everything that is wrong with how a wall is drawn: none of it may be. */
export interface WallInspection {
  texts: number;
  problems: number;
  faults: string[];
  /** The smallest text of each class, in hundredths of the screen's shorter side. */
  smallest: Record<string, number>;
}

/** Measures a wall in the document: bars, places, clipped and overlapping words, sizes of text. */
export function inspectWall(page: Page, scale = 1): Promise<WallInspection> {
  return page.evaluate(
    ({ min, scale }) => {
      const faults: string[] = [];
      const { innerWidth: width, innerHeight: height } = window;
      const unit = (Math.min(width, height) / 100) * scale;
      const root = document.documentElement;
      if (root.scrollWidth > width || root.scrollHeight > height) faults.push('the page scrolls');
      const isOutside = ({ left, top, right, bottom }: DOMRect) =>
        left < -1 || top < -1 || right > width + 1 || bottom > height + 1;
      const nameOf = (element: Element) => `"${element.textContent?.slice(0, 40)}"`;

      for (const place of document.querySelectorAll('.wall-place, .wall-problem')) {
        if (isOutside(place.getBoundingClientRect())) faults.push(`${nameOf(place)} is outside`);
        if (place.scrollHeight > place.clientHeight + 1 || place.scrollWidth > place.clientWidth + 1)
          faults.push(`${nameOf(place)} holds more than it shows`);
      }

      const smallest: Record<string, number> = {};
      const texts = [...document.querySelectorAll<HTMLElement>('[data-text]')];
      for (const text of texts) {
        const kind = text.dataset.text ?? '';
        const size = Number.parseFloat(getComputedStyle(text).fontSize) / unit;
        smallest[kind] = Math.min(smallest[kind] ?? size, size);
        if (size < (min[kind] ?? 99) - 0.02)
          faults.push(`${kind} ${nameOf(text)} is ${size.toFixed(2)} high`);
      }

      const lines = [...document.querySelectorAll<HTMLElement>('.wall .wall-line')];
      const boxes = lines
        .filter((line) => line.textContent !== '')
        .map((line) => {
          // Marks that are piled up on a letter must not reach out of the line: that they are cut is meant.
          const isPiled = /\p{M}{2}/u.test(line.textContent ?? '');
          const isLarger =
            line.scrollWidth > line.clientWidth + 1 || line.scrollHeight > line.clientHeight + 2;
          if (isLarger && !isPiled) faults.push(`${nameOf(line)} is clipped`);
          const range = document.createRange();
          range.selectNodeContents(line);
          const words = range.getBoundingClientRect();
          const place = line.closest('.wall-place, .wall-problem')?.getBoundingClientRect();
          if (
            place &&
            (words.right > place.right + 1 || words.bottom > place.bottom + 1 || words.left < place.left - 1)
          )
            faults.push(`${nameOf(line)} is beyond its place`);
          return { line, box: line.getBoundingClientRect() };
        });
      for (const [index, { line, box }] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
          const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
          if (across > 1 && down > 1) faults.push(`${nameOf(line)} overlaps ${nameOf(other.line)}`);
        }
      }
      const problems = Number(document.querySelector<HTMLElement>('.wall')?.dataset.problems);
      return { texts: texts.length, problems, faults, smallest };
    },
    { min: WALL_SIZES.text as Record<string, number>, scale },
  );
}
