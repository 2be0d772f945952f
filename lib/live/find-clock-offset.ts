import type { Facts } from './create-facts.ts';
import { findEngine } from './find-engine.ts';

/**
 * By how much a node's clock is ahead of that of the manager whose list is read, milliseconds: what is still wrong with
 * the times in that list that the node itself wrote. 0 while either clock is not known.
 */
export function findClockOffset(facts: Facts, nodeId: string): number {
  const manager = facts.managers.find(({ active }) => active);
  const engine = findEngine(facts, nodeId);
  if (!manager || !engine || engine.engineVersion === null) return 0;
  return engine.skewMs - manager.skewMs;
}
