import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ENGINE_LOOKS,
  EVENT_KIND_LOOKS,
  EVENT_LEVEL_LOOKS,
  NODE_LOOKS,
  STATUS_LOOKS,
  VERDICT_LOOKS,
} from '#components/status/looks.ts';

const css = readFileSync(new URL('../components/status/status.css', import.meta.url), 'utf8');

/** The number of the drawing that a class shows; `null`: status.css gives it none. */
function findGlyph(className: string): number | null {
  const rule = new RegExp(`^\\.${className}(?:,\\n\\.[\\w-]+)* \\{[^}]*--glyph: (\\d+);`, 'm').exec(css);
  return rule === null ? null : Number(rule[1]);
}

test('every look has a glyph, and status.css draws as many as it measures', () => {
  const looks = [STATUS_LOOKS, VERDICT_LOOKS, ENGINE_LOOKS, NODE_LOOKS, EVENT_LEVEL_LOOKS, EVENT_KIND_LOOKS];
  const classes = new Set(looks.flatMap((all) => Object.values(all).map(({ className }) => className)));
  const glyphs = [...classes].map((className) => [className, findGlyph(className)] as const);
  const without = glyphs.filter(([, glyph]) => glyph === null).map(([className]) => className);
  expect(without, 'classes of components/status/looks.ts without a rule with --glyph in status.css').toEqual(
    [],
  );
  const drawn = css.match(/%3Cg transform='translate\(\d+\)'/g)?.length ?? 0;
  expect(Math.max(...glyphs.map(([, glyph]) => glyph ?? 0)), 'the last --glyph and the drawings').toBe(
    drawn - 1,
  );
  // Each is 16 wide, with as much room after all but the last.
  const sizes = {
    viewBox: /viewBox='0 0 (\d+) 16'/.exec(css)?.[1],
    last: /--glyph\) \* 100% \/ (\d+)\)/.exec(css)?.[1],
    width: /\/ (\d+)% 100% no-repeat/.exec(css)?.[1],
  };
  expect(sizes, `what status.css measures of ${drawn} drawings`).toEqual({
    viewBox: String(32 * drawn - 16),
    last: String(drawn - 1),
    width: String(200 * drawn - 100),
  });
});
