import type { StoredEvent } from '#lib/model/contract/swarm-event.ts';
import { buildSwarmEvent } from './build-swarm-event.ts';

/** The same event as it is kept: facts in place of its text. */
export function buildStoredEvent(overrides: Partial<StoredEvent> = {}): StoredEvent {
  const { text: _text, evidence: _evidence, ...head } = buildSwarmEvent();
  const replica = { service: 'web', key: '1', slot: 1, host: 'docker01' };
  return {
    ...head,
    away: false,
    message: { about: 'replica-problem', facts: { replica, status: 'failing', reason: null } },
    ...overrides,
  };
}
