import { createElement } from 'react';
import { prerender } from 'react-dom/static';
import { expect, test } from 'vitest';
import { useTurn } from './use-turn.ts';

const drawn: { name: string; turn: number }[] = [];
let turn = 0;

function Part({ name }: { name: string }) {
  useTurn();
  drawn.push({ name, turn });
  return createElement('p', null, name);
}

function toPage(names: readonly string[]) {
  return createElement(
    'main',
    null,
    names.map((name) => createElement(Part, { name, key: name })),
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
