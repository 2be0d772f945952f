import { parseJson } from '#lib/history/store/codec/parse-json.ts';
import type { Database } from '#lib/history/store/database.ts';
import type { ServiceHead } from '#lib/model/contract/picture.ts';

const REMEMBERED = 10_000;

/** The stack that a service was in last, by its id, also of one that is gone; `null`: none, or it is not kept. */
export function createStackReader(db: Database): (serviceId: string) => string | null {
  const findService = db.prepare('SELECT head FROM services WHERE id = ?');
  const stacks = new Map<string, string | null>();
  return (serviceId) => {
    const known = stacks.get(serviceId);
    if (known !== undefined) return known;
    const stack = parseJson<ServiceHead>(findService.get(serviceId)?.head)?.stack ?? null;
    if (stacks.size >= REMEMBERED) stacks.clear();
    stacks.set(serviceId, stack);
    return stack;
  };
}
