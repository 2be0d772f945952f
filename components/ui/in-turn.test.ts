import { expect, test } from 'vitest';
import { InTurn } from './in-turn.tsx';

test('between two parts of a long page whoever else asks has their turn', async () => {
  const done: string[] = [];
  const draw = () => {
    done.push('part');
    setImmediate(() => done.push('somebody else'));
    return null;
  };
  await Promise.all([0, 1, 2].map((after) => InTurn({ after, children: draw })));
  expect(done).toEqual(['part', 'somebody else', 'part', 'somebody else', 'part']);
});
