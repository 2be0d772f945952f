import type { NextRequest, NextResponse } from 'next/server';
import { guardRequest } from './lib/server/access/guard-request.ts';

/** Next calls this before every route. */
export function proxy(request: NextRequest): Promise<NextResponse> {
  return guardRequest(request);
}

// The built scripts, styles and fonts hold nothing of anybody's swarm.
export const config = { matcher: '/((?!_next/static/).*)' };
