import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { expect, test } from 'vitest';
import { useTurn } from './use-turn.ts';

const drawn: { name: string; turn: number }[] = [];
let turn = 0;

function Part({ name, share }: { name: string; share: number }) {
  useTurn(share);
  drawn.push({ name, turn });
  return createElement('p', null, name);
}

function toPage(names: readonly string[], share = 1) {
  return createElement(
    'main',
    null,
    names.map((name) => createElement(Part, { name, share, key: name })),
  );
}

test('two long pages are drawn part by part, whoever else asks is answered in between, and both are whole', async () => {
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const pages = await Promise.all([prerender(toPage(['a', 'b', 'c'])), prerender(toPage(['d', 'e', 'f']))]);
  isOver = true;
  const texts = await Promise.all(pages.map(({ prelude }) => new Response(prelude).text()));
  expect(texts[0]).toContain('<p>a</p><p>b</p><p>c</p>');
  expect(texts[1]).toContain('<p>d</p><p>e</p><p>f</p>');
  expect(drawn.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(new Set(drawn.map((part) => part.turn)).size).toBe(6);
});

test('rows that take a tenth of a turn are drawn ten in a turn, and others come after each ten', async () => {
  drawn.length = 0;
  let isOver = false;
  const count = () => {
    turn += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const names = Array.from({ length: 30 }, (_, at) => `${at}`);
  const { prelude } = await prerender(toPage(names, 1 / 10));
  isOver = true;
  expect(await new Response(prelude).text()).toContain(names.map((name) => `<p>${name}</p>`).join(''));
  const sizes = [...Map.groupBy(drawn, (part) => part.turn).values()].map(({ length }) => length);
  expect(Math.max(...sizes)).toBe(10);
});
