import { LEVEL_HEADER } from './guard-request.ts';

/** Whether the sender of this request may see everything, as the guard before it wrote down. */
export function isAdmitted(request: Request): boolean {
  return request.headers.get(LEVEL_HEADER) === 'full';
}
