import type { SimEvent } from '#lib/demo/world.ts';
import { type Filters, matchesLabels } from './parse-filters.ts';
import { toEventAttributes } from './to-event-text.ts';

/** These make the engine match all wanted actions by their beginnings (moby `daemon/events/filter.go`). */
const PREFIXED = ['health_status', 'exec_create', 'exec_start'];

/** Which events pass the filters: keys must all match, one value of each is enough (all labels must). */
export function toEventMatcher(filters: Filters): (event: SimEvent) => boolean {
  const types = filters.get('type');
  const scopes = filters.get('scope');
  const labels = filters.get('label');
  const matchesAction = toActionMatcher(filters.get('event'));
  return (event) => {
    if (types && !types.includes(event.type)) return false;
    if (!matchesAction(event.action)) return false;
    if (scopes && !scopes.includes(event.container ? 'local' : 'swarm')) return false;
    if (labels && !matchesLabels(labels, toEventAttributes(event))) return false;
    return matchesObject(event, filters);
  };
}

/** Asked for every event of every stream, so each action's answer is kept. */
function toActionMatcher(wanted: readonly string[] | undefined): (action: string) => boolean {
  if (!wanted || wanted.length === 0) return () => true;
  if (!wanted.some((action) => PREFIXED.some((prefix) => action.startsWith(prefix)))) {
    return (action) => wanted.includes(action);
  }
  const known = new Map<string, boolean>();
  return (action) => {
    const answer = known.get(action) ?? wanted.some((prefix) => action.startsWith(prefix));
    known.set(action, answer);
    return answer;
  };
}

function matchesObject(event: SimEvent, filters: Filters): boolean {
  for (const key of ['container', 'service', 'node', 'image'] as const) {
    const wanted = filters.get(key);
    if (!wanted) continue;
    const attributes = toEventAttributes(event);
    if (key === 'image') {
      if (!event.container || !wanted.includes(attributes.image ?? '')) return false;
    } else if (event.type !== key || !wanted.some((value) => isNamed(event, attributes, value))) return false;
  }
  return true;
}

/** By id, its beginning, or name. */
function isNamed(event: SimEvent, attributes: Record<string, string>, value: string): boolean {
  return event.actorId.startsWith(value) || attributes.name === value;
}
