import { LEVEL_HEADER, STACKS_HEADER } from './guard-request.ts';

/** Whether the sender of this request may see everything, as the guard before it wrote down. */
export function isAdmitted(request: Request): boolean {
  return request.headers.get(LEVEL_HEADER) === 'full';
}

/** The stacks that a screen may show, `null` for all, as the guard wrote them down. */
export function readWallStacks(headers: Pick<Headers, 'get'>): string[] | null {
  const text = headers.get(STACKS_HEADER);
  return text === null ? null : JSON.parse(decodeURIComponent(text));
}
