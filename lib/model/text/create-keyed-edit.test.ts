import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyedEdit } from './create-keyed-edit.ts';

interface Item {
  key: string;
  rank: number;
  word: string;
}

const compare = (a: Item, b: Item) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
const edit = (list: Item[]) => createKeyedEdit(list, ({ key }) => key, compare);
const item = fc.record({
  key: fc.constantFrom(...'abcdef'),
  rank: fc.nat(2),
  word: fc.constantFrom('x', 'y'),
});
const step = fc.oneof(item, item, fc.constantFrom(...'abcdef'));

it('gives the list that a map of its items in order would give, however often it is edited', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 6 }), (batches) => {
      const model = new Map<string, Item>();
      let list: Item[] = [];
      for (const batch of batches) {
        const edited = edit(list);
        for (const one of batch) {
          if (typeof one === 'string') {
            model.delete(one);
            edited.delete(one);
          } else {
            model.set(one.key, one);
            edited.set(one);
            expect(edited.get(one.key)).toBe(one);
          }
        }
        for (const key of 'abcdef') expect(edited.get(key)).toBe(model.get(key));
        list = edited.list();
        expect(list).toEqual([...model.values()].sort(compare));
      }
    }),
  );
});

it('leaves the list that it was given as it was, and gives it back where nothing is to be done', () => {
  const list = [
    { key: 'a', rank: 0, word: 'x' },
    { key: 'b', rank: 1, word: 'x' },
  ];
  const edited = edit(list);
  edited.delete('nobody');
  expect(edited.list()).toBe(list);
  edited.set({ key: 'b', rank: 1, word: 'y' });
  const next = edited.list();
  expect(next[0]).toBe(list[0]);
  expect([list, next].map((one) => one[1]?.word)).toEqual(['x', 'y']);
});
