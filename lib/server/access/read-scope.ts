import { NOTHING, type Scope } from '#lib/model/contract/scope.ts';
import { LEVEL_HEADER, SCOPE_HEADER } from './guard-request.ts';

/** Whether the sender of this request was let in as a person, as the guard before it wrote down. */
export function isAdmitted(request: Request): boolean {
  return request.headers.get(LEVEL_HEADER) === 'full';
}

/** What the sender of a request may see, as the guard wrote it down; nothing where it wrote nothing. */
export function readScope(headers: Pick<Headers, 'get'>): Scope {
  const text = headers.get(SCOPE_HEADER);
  return text === null ? NOTHING : (JSON.parse(decodeURIComponent(text)) as Scope);
}
