import { NOTHING, type Scope, toSwarmScope } from '#lib/model/contract/scope.ts';
import { SWARM_HEADER } from '#lib/server/fleet/fleet-address.ts';
import { LEVEL_HEADER, PERSON_HEADER, SCOPE_HEADER } from './guard-request.ts';

/** Whether the sender of this request was let in as a person, as the guard before it wrote down. */
export function isAdmitted(request: Request): boolean {
  return request.headers.get(LEVEL_HEADER) === 'full';
}

/** What the sender of a request may see of the swarm that it is about, as the guard wrote it down. */
export function readScope(headers: Pick<Headers, 'get'>): Scope {
  const swarm = headers.get(SWARM_HEADER);
  const scope = readFleetScope(headers);
  return swarm === null ? scope : toSwarmScope(scope, swarm);
}

/** Who sent a request; `null`: nobody is named. */
export function readPersonName(headers: Pick<Headers, 'get'>): string | null {
  return decodeURIComponent(headers.get(PERSON_HEADER) ?? '') || null;
}

/** The same of all swarms, whichever the request is about; nothing where nothing was written. */
export function readFleetScope(headers: Pick<Headers, 'get'>): Scope {
  const text = headers.get(SCOPE_HEADER);
  return text === null ? NOTHING : (JSON.parse(decodeURIComponent(text)) as Scope);
}
