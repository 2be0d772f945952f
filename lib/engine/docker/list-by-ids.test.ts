import { describe, expect, it, vi } from 'vitest';
import { EngineError } from '#lib/engine/port.ts';
import { listByIds } from './list-by-ids.ts';

/** As Docker: one id that is not known fails the whole call. */
const dockerLike = (known: Set<string>) =>
  vi.fn(async (ids: string[]) => {
    const gone = ids.find((id) => !known.has(id));
    if (gone) throw new EngineError('http', `service ${gone} not found`, 404);
    return ids;
  });

describe('listByIds', () => {
  it('leaves out what is gone, and finds all others', async () => {
    const ids = Array.from({ length: 250 }, (_, index) => `s${index}`);
    const list = dockerLike(new Set(ids.filter((id) => id !== 's7' && id !== 's200')));
    const found = await listByIds(ids, list);
    expect(found).toHaveLength(248);
    expect(found).not.toContain('s7');
    expect(Math.max(...list.mock.calls.map(([asked]) => asked.length))).toBeLessThanOrEqual(100);
  });

  it('asks nothing for nothing, and once for twice the same', async () => {
    const list = dockerLike(new Set(['a']));
    expect(await listByIds([], list)).toEqual([]);
    expect(await listByIds(['a', 'a'], list)).toEqual(['a']);
    expect(list.mock.calls).toEqual([[['a']]]);
  });

  it('passes other errors on', async () => {
    const list = async () => {
      throw new EngineError('no-quorum', 'x', 500);
    };
    await expect(listByIds(['a'], list)).rejects.toMatchObject({ kind: 'no-quorum' });
  });
});
